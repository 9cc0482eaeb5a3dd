// A TZif file holds its data twice, with 32-bit and with 64-bit instants; only the second is read (version 1
// files have only the first). Beyond the last transition the POSIX TZ string at the end goes on for ever.
#include "core/value/zone.hpp"

#include <algorithm>

namespace weir::value {

namespace {

/// Big-endian integers.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  void skip(std::size_t count) {
    if (count > left()) failed_ = true;
    at_ = std::min(bytes_.size(), at_ + count);
  }
  std::string_view take(std::size_t count) {
    const std::size_t from = at_;
    skip(count);
    return bytes_.substr(from, at_ - from);
  }
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    for (const char byte : take(size)) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
  }
  std::int64_t instant(std::size_t size) {
    const std::uint64_t value = number(size);
    return size == 4 ? static_cast<std::int32_t>(static_cast<std::uint32_t>(value))
                     : static_cast<std::int64_t>(value);
  }
  [[nodiscard]] std::string_view rest() const { return bytes_.substr(at_); }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

struct Header {
  char version = 0;
  std::size_t isut = 0, isstd = 0, leaps = 0, times = 0, types = 0, characters = 0;
  [[nodiscard]] std::size_t body(std::size_t time_size) const {
    return times * time_size + times + types * 6 + characters + leaps * (time_size + 4) + isstd + isut;
  }
};

std::optional<Header> read_header(Bytes& in) {
  if (in.take(4) != "TZif") return std::nullopt;
  Header header;
  header.version = static_cast<char>(in.number(1));
  in.skip(15);
  for (std::size_t* count :
       {&header.isut, &header.isstd, &header.leaps, &header.times, &header.types, &header.characters})
    *count = in.number(4);
  if (in.failed() || header.types == 0 || header.body(8) / 8 > in.left()) return std::nullopt;
  return header;
}

/// Cursor over a POSIX TZ string.
class Posix {
 public:
  explicit Posix(std::string_view text) : text_(text) {}
  [[nodiscard]] bool at_end() const { return text_.empty(); }
  bool accept(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// "CET" or "<+0530>"; false when there is none.
  bool name() {
    std::size_t size = 0;
    if (accept('<')) {
      size = text_.find('>');
      if (size == std::string_view::npos) return false;
      text_.remove_prefix(size + 1);
      return true;
    }
    while (size < text_.size() && ((text_[size] | 32) >= 'a' && (text_[size] | 32) <= 'z')) ++size;
    text_.remove_prefix(size);
    return size > 0;
  }
  std::optional<int> number() {
    int value = 0;
    std::size_t size = 0;
    for (; size < text_.size() && size < 4 && text_[size] >= '0' && text_[size] <= '9'; ++size)
      value = value * 10 + (text_[size] - '0');
    text_.remove_prefix(size);
    return size == 0 ? std::nullopt : std::optional<int>(value);
  }
  /// [+-]hh[:mm[:ss]]
  std::optional<std::int32_t> time() {
    const bool negative = accept('-');
    if (!negative) accept('+');
    const auto hours = number();
    if (!hours) return std::nullopt;
    std::int32_t seconds = *hours * 3600;
    for (const std::int32_t unit : {60, 1}) {
      if (!accept(':')) break;
      const auto part = number();
      if (!part) return std::nullopt;
      seconds += *part * unit;
    }
    return negative ? -seconds : seconds;
  }

 private:
  std::string_view text_;
};

}  // namespace

std::optional<ZoneRules> ZoneRules::parse(std::string_view tzif) {
  Bytes in(tzif);
  auto header = read_header(in);
  if (!header) return std::nullopt;
  std::size_t time_size = 4;
  if (header->version >= '2') {
    in.skip(header->body(4));
    header = read_header(in);
    if (!header) return std::nullopt;
    time_size = 8;
  }
  ZoneRules rules;
  for (std::size_t i = 0; i < header->times; ++i) rules.transitions_.push_back(in.instant(time_size));
  const std::string_view indexes = in.take(header->times);
  std::vector<std::int32_t> types;
  for (std::size_t i = 0; i < header->types; ++i) {
    types.push_back(static_cast<std::int32_t>(in.number(4)));
    in.skip(2);
  }
  in.skip(header->characters + header->leaps * (time_size + 4) + header->isstd + header->isut);
  if (in.failed() || !std::is_sorted(rules.transitions_.begin(), rules.transitions_.end()))
    return std::nullopt;
  for (const char index : indexes) {
    const auto type = static_cast<unsigned char>(index);
    if (type >= types.size()) return std::nullopt;
    rules.offsets_.push_back(types[type]);
  }
  rules.first_offset_ = types.front();
  std::string_view footer = in.rest();
  if (footer.starts_with('\n')) {
    footer.remove_prefix(1);
    rules.footer_ = parse_footer(footer.substr(0, footer.find('\n')));
  }
  return rules;
}

std::optional<ZoneRules::Footer> ZoneRules::parse_footer(std::string_view text) {
  Posix in(text);
  Footer footer;
  if (!in.name()) return std::nullopt;
  const auto standard = in.time();
  if (!standard) return std::nullopt;
  footer.standard = -*standard;  // POSIX counts west of Greenwich
  if (in.at_end()) return footer;
  if (!in.name()) return std::nullopt;
  footer.has_daylight = true;
  footer.daylight = footer.standard + 3600;
  if (!in.accept(',')) {
    const auto daylight = in.time();
    if (!daylight || !in.accept(',')) return std::nullopt;
    footer.daylight = -*daylight;
  }
  for (RuleDay* day : {&footer.begin, &footer.end}) {
    if (day == &footer.end && !in.accept(',')) return std::nullopt;
    if (in.accept('M')) {
      const auto month = in.number();
      const auto week = in.accept('.') ? in.number() : std::nullopt;
      const auto weekday = in.accept('.') ? in.number() : std::nullopt;
      if (!month || !week || !weekday || *month < 1 || *month > 12 || *week < 1 || *week > 5 || *weekday > 6)
        return std::nullopt;
      day->month = *month;
      day->week = *week;
      day->day = *weekday;
    } else {
      day->form = in.accept('J') ? RuleDay::Form::julian : RuleDay::Form::zero_based;
      const auto number = in.number();
      if (!number) return std::nullopt;
      day->day = *number;
    }
    if (in.accept('/')) {
      const auto time = in.time();
      if (!time) return std::nullopt;
      day->time = *time;
    }
  }
  return footer;
}

std::int64_t ZoneRules::RuleDay::local_seconds(std::int64_t year) const {
  const std::int64_t new_year = date_of(year, 1, 1).value_or(Date{}).days;
  std::int64_t days = 0;
  switch (form) {
    case Form::julian:  // 1..365, 29 February is never counted
      days = new_year + day - 1 + (is_leap_year(year) && day >= 60 ? 1 : 0);
      break;
    case Form::zero_based:
      days = new_year + day;
      break;
    case Form::month_week_day: {
      const Date first = date_of(year, month, 1).value_or(Date{});
      const int first_weekday = weekday(first) % 7;  // Sunday 0
      int in_month = (day - first_weekday + 7) % 7 + (week - 1) * 7;
      while (in_month >= days_in_month(year, month)) in_month -= 7;  // week 5: the last one
      days = first.days + in_month;
      break;
    }
  }
  return days * seconds_per_day + time;
}

std::int32_t ZoneRules::footer_offset(std::int64_t utc) const {
  if (!footer_->has_daylight) return footer_->standard;
  const DateTime local{utc + footer_->standard, 0, {}};
  const std::int64_t year = civil(date_of(local)).year;
  const std::int64_t begin = footer_->begin.local_seconds(year) - footer_->standard;
  const std::int64_t end = footer_->end.local_seconds(year) - footer_->daylight;
  const bool daylight = begin < end ? utc >= begin && utc < end : utc >= begin || utc < end;
  return daylight ? footer_->daylight : footer_->standard;
}

std::int32_t ZoneRules::offset_at_utc(std::int64_t seconds) const {
  const auto after = std::upper_bound(transitions_.begin(), transitions_.end(), seconds);
  if (after == transitions_.end() && footer_) return footer_offset(seconds);
  if (after == transitions_.begin()) return first_offset_;
  return offsets_[static_cast<std::size_t>(after - transitions_.begin() - 1)];
}

std::int32_t ZoneRules::offset_at_local(std::int64_t seconds) const {
  // The offsets a day before and after bracket any single change.
  const std::int32_t before = offset_at_utc(seconds - seconds_per_day);
  const std::int32_t after = offset_at_utc(seconds + seconds_per_day);
  if (offset_at_utc(seconds - before) == before) return before;
  if (offset_at_utc(seconds - after) == after) return after;
  return before;  // a gap
}

bool Zones::add(std::string_view name, std::string_view tzif) {
  const Zone zone = find_zone(name);
  if (!zone.is_named()) return false;
  auto rules = ZoneRules::parse(tzif);
  if (!rules) return false;
  const std::uint32_t index = zone.name_index();
  const auto place =
      std::lower_bound(rules_.begin(), rules_.end(), index,
                       [](const auto& entry, std::uint32_t wanted) { return entry.first < wanted; });
  auto owned = std::make_unique<const ZoneRules>(*std::move(rules));
  if (place != rules_.end() && place->first == index)
    place->second = std::move(owned);
  else
    rules_.emplace(place, index, std::move(owned));
  return true;
}

const ZoneRules* Zones::find(Zone zone) const {
  if (!zone.is_named()) return nullptr;
  const std::uint32_t index = zone.name_index();
  const auto place =
      std::lower_bound(rules_.begin(), rules_.end(), index,
                       [](const auto& entry, std::uint32_t wanted) { return entry.first < wanted; });
  if (place != rules_.end() && place->first == index) return place->second.get();
  if (loader_ == nullptr) return nullptr;
  auto rules = ZoneRules::parse(loader_(zone_name(zone)));
  auto owned = rules ? std::make_unique<const ZoneRules>(*std::move(rules)) : nullptr;
  return rules_.emplace(place, index, std::move(owned))->second.get();
}

std::optional<std::int32_t> utc_offset(const DateTime& moment, const Zones* zones) {
  if (moment.zone.is_offset()) return moment.zone.offset_seconds();
  if (moment.zone.is_local()) return std::nullopt;
  for (const std::string_view utc : {"Etc/UTC", "UTC", "Etc/GMT", "GMT", "Zulu", "Etc/UCT", "Etc/Zulu"})
    if (zone_name(moment.zone) == utc) return 0;
  if (zones == nullptr) return std::nullopt;
  const ZoneRules* rules = zones->find(moment.zone);
  return rules != nullptr ? std::optional<std::int32_t>(rules->offset_at_local(moment.seconds))
                          : std::nullopt;
}

}  // namespace weir::value
