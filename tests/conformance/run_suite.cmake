# Runs one data suite under ctest: unpacks its archive below the build folder (once) and calls the program.
#   cmake -DPROGRAM=... -DSUITE=corpus -DARCHIVE=corpus/x.tar.xz -DFOLDER=x -DSOURCE_DIR=... -DWORK_DIR=... [-DGENERATOR=gen.py] -P run_suite.cmake
# The data lies beside the checkout or where WEIR_SHARED says; without it the test is skipped. GENERATOR is a script
# in the folder that writes the cases.
if(DEFINED ENV{WEIR_SHARED})
  set(shared $ENV{WEIR_SHARED})
else()
  cmake_path(GET SOURCE_DIR PARENT_PATH beside)
  set(shared ${beside}/shared)
endif()
set(archive ${shared}/${ARCHIVE})
if(NOT EXISTS ${archive})
  message("skipped: the data suites are not here (${ARCHIVE} beside the checkout or below WEIR_SHARED)")
  return()
endif()

set(data ${WORK_DIR}/${FOLDER})
file(MAKE_DIRECTORY ${WORK_DIR})
file(LOCK ${data}.lock TIMEOUT 600)  # suites that run at the same time share a folder
if(NOT EXISTS ${data} OR ${archive} IS_NEWER_THAN ${data}.unpacked)
  file(REMOVE_RECURSE ${data})
  file(ARCHIVE_EXTRACT INPUT ${archive} DESTINATION ${WORK_DIR})
  file(TOUCH ${data}.unpacked)
endif()
file(LOCK ${data}.lock RELEASE)
if(GENERATOR)
  find_program(PYTHON3 python3)
  if(NOT PYTHON3)
    message("skipped: the cases of ${FOLDER} are written by a script that needs python3")
    return()
  endif()
  execute_process(COMMAND ${PYTHON3} ${data}/${GENERATOR} ${data}/cases OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  set(data ${data}/cases)
endif()

execute_process(COMMAND ${PROGRAM} ${SUITE} ${data} ${OPTIONS} RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "conformance ${SUITE} ${FOLDER}: exit code ${failed}")
endif()
