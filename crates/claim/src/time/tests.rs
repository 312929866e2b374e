use super::find;

/// Each expression as `text | first..last | granularity`, joined by `; `.
fn told(text: &str, published: Option<&str>) -> String {
    let found = find(text, published).into_iter().map(|time| {
        assert_eq!(
            text.get(time.span.range()),
            Some(time.text.as_str()),
            "{text}"
        );
        let days = time.interval.map_or("?".to_owned(), |days| {
            let end = |day: Option<String>| day.unwrap_or_default();
            format!("{}..{}", end(days.start), end(days.end))
        });
        format!("{} | {days} | {}", time.text, time.granularity.as_str())
    });
    found.collect::<Vec<_>>().join("; ")
}

fn check(published: Option<&str>, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| told(text, published) != *expected)
        .map(|(text, expected)| {
            format!("{text}\n  is  {}\n  not {expected}", told(text, published))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A Thursday.
const PUBLISHED: Option<&str> = Some("2024-09-12T08:30:00+02:00");

#[test]
fn dates_are_read_as_written() {
    check(
        None,
        &[
            (
                "They met on 2023-06-12.",
                "on 2023-06-12 | 2023-06-12..2023-06-12 | day",
            ),
            (
                "Signed June 12, 2023, in Minsk",
                "June 12, 2023 | 2023-06-12..2023-06-12 | day",
            ),
            (
                "on 12 June 2023",
                "on 12 June 2023 | 2023-06-12..2023-06-12 | day",
            ),
            (
                "on the 12th of June 2023 it",
                "on the 12th of June 2023 | 2023-06-12..2023-06-12 | day",
            ),
            (
                "on Monday, June 12, 2023",
                "on Monday, June 12, 2023 | 2023-06-12..2023-06-12 | day",
            ),
            (
                "on 12.06.2023",
                "on 12.06.2023 | 2023-06-12..2023-06-12 | day",
            ),
            (
                "12-14 June 2023",
                "12-14 June 2023 | 2023-06-12..2023-06-14 | day",
            ),
            (
                "from 12 to 15 June 2023",
                "from 12 to 15 June 2023 | 2023-06-12..2023-06-15 | day",
            ),
            (
                "June 12–14, 2023",
                "June 12–14, 2023 | 2023-06-12..2023-06-14 | day",
            ),
            (
                "It shipped them back in May 2022.",
                "back in May 2022 | 2022-05-01..2022-05-31 | month",
            ),
            ("in 2022", "in 2022 | 2022-01-01..2022-12-31 | year"),
            (
                "by the end of 2025",
                "by the end of 2025 | ..2025-12-31 | year",
            ),
            ("by 2027", "by 2027 | ..2027-12-31 | year"),
            ("until 2030", "until 2030 | ..2030-12-31 | year"),
            ("from 2026", "from 2026 | 2026-01-01.. | year"),
            (
                "from 2026 onwards",
                "from 2026 onwards | 2026-01-01.. | year",
            ),
            ("since 2019", "since 2019 | 2019-01-01.. | year"),
            (
                "between 2021 and 2023",
                "between 2021 and 2023 | 2021-01-01..2023-12-31 | year",
            ),
            (
                "from March to May 2024",
                "from March to May 2024 | 2024-03-01..2024-05-31 | month",
            ),
            (
                "in the first half of 2024",
                "in the first half of 2024 | 2024-01-01..2024-06-30 | half",
            ),
            ("mid-2022", "mid-2022 | 2022-05-01..2022-08-31 | year"),
            (
                "in Q3 2023",
                "in Q3 2023 | 2023-07-01..2023-09-30 | quarter",
            ),
            (
                "in the third quarter of 2023",
                "in the third quarter of 2023 | 2023-07-01..2023-09-30 | quarter",
            ),
            (
                "in the 1990s",
                "in the 1990s | 1990-01-01..1999-12-31 | decade",
            ),
            (
                "in the early 1990s",
                "in the early 1990s | 1990-01-01..1993-04-30 | decade",
            ),
            ("in 2022-23", "in 2022-23 | 2022-01-01..2023-12-31 | year"),
            (
                "in 2022 and 2023",
                "in 2022 and 2023 | 2022-01-01..2023-12-31 | year",
            ),
            (
                "in 2014 and 2022",
                "in 2014 | 2014-01-01..2014-12-31 | year; 2022 | 2022-01-01..2022-12-31 | year",
            ),
            (
                "in the winter of 2022-23",
                "in the winter of 2022-23 | 2022-12-01..2023-02-28 | season",
            ),
            (
                "in summer 2023",
                "in summer 2023 | 2023-06-01..2023-08-31 | season",
            ),
            (
                "in late May 2022",
                "in late May 2022 | 2022-05-21..2022-05-31 | month",
            ),
            (
                "in fiscal year 2023",
                "in fiscal year 2023 | 2023-01-01..2023-12-31 | year",
            ),
            (
                "the first nine months of 2023",
                "the first nine months of 2023 | 2023-01-01..2023-09-30 | month",
            ),
            (
                "the last week of May 2023",
                "the last week of May 2023 | 2023-05-25..2023-05-31 | week",
            ),
            ("before 2014", "before 2014 | ..2013-12-31 | year"),
            ("after June 2023", "after June 2023 | 2023-07-01.. | month"),
            (
                "as early as 2025",
                "as early as 2025 | 2025-01-01..2025-12-31 | year",
            ),
            (
                "the spring of 2024",
                "the spring of 2024 | 2024-03-01..2024-05-31 | season",
            ),
            (
                "the events of 2014 and",
                "2014 | 2014-01-01..2014-12-31 | year",
            ),
            (
                "in mid-to-late 2022",
                "in mid-to-late 2022 | 2022-05-01..2022-12-31 | year",
            ),
        ],
    );
}

#[test]
fn relative_expressions_count_from_the_published_day() {
    check(
        PUBLISHED,
        &[
            (
                "late last year",
                "late last year | 2023-09-01..2023-12-31 | year",
            ),
            (
                "It struck on Monday.",
                "on Monday | 2024-09-09..2024-09-09 | day",
            ),
            ("on Thursday", "on Thursday | 2024-09-12..2024-09-12 | day"),
            (
                "on Friday night",
                "on Friday night | 2024-09-06..2024-09-06 | day",
            ),
            (
                "last Tuesday",
                "last Tuesday | 2024-09-10..2024-09-10 | day",
            ),
            (
                "last Thursday",
                "last Thursday | 2024-09-05..2024-09-05 | day",
            ),
            (
                "next Tuesday",
                "next Tuesday | 2024-09-17..2024-09-17 | day",
            ),
            ("by Monday", "by Monday | ..2024-09-16 | day"),
            (
                "from Monday to Wednesday",
                "from Monday to Wednesday | 2024-09-09..2024-09-11 | day",
            ),
            (
                "in recent months",
                "in recent months | 2024-03-12..2024-09-12 | vague",
            ),
            (
                "in recent weeks",
                "in recent weeks | 2024-07-14..2024-09-12 | vague",
            ),
            (
                "in recent years",
                "in recent years | 2019-09-12..2024-09-12 | vague",
            ),
            ("since 2019", "since 2019 | 2019-01-01..2024-09-12 | year"),
            (
                "since Monday",
                "since Monday | 2024-09-09..2024-09-12 | day",
            ),
            (
                "early next week",
                "early next week | 2024-09-16..2024-09-17 | week",
            ),
            (
                "two weeks ago",
                "two weeks ago | 2024-08-26..2024-09-01 | week",
            ),
            (
                "more than two years ago",
                "more than two years ago | 2022-01-01..2022-12-31 | year",
            ),
            (
                "three days ago",
                "three days ago | 2024-09-09..2024-09-09 | day",
            ),
            (
                "this summer",
                "this summer | 2024-06-01..2024-08-31 | season",
            ),
            (
                "last winter",
                "last winter | 2023-12-01..2024-02-29 | season",
            ),
            ("12 June", "12 June | 2024-06-12..2024-06-12 | day"),
            (
                "on 12 November",
                "on 12 November | 2024-11-12..2024-11-12 | day",
            ),
            (
                "on November 12",
                "on November 12 | 2024-11-12..2024-11-12 | day",
            ),
            (
                "earlier this year",
                "earlier this year | 2024-01-01..2024-09-12 | year",
            ),
            (
                "later this year",
                "later this year | 2024-09-12..2024-12-31 | year",
            ),
            (
                "over the past six months",
                "over the past six months | 2024-03-12..2024-09-12 | month",
            ),
            (
                "within the next three months",
                "within the next three months | 2024-09-12..2024-12-12 | month",
            ),
            (
                "over the past year",
                "over the past year | 2023-09-12..2024-09-12 | year",
            ),
            (
                "in the past few days",
                "in the past few days | 2024-08-29..2024-09-12 | vague",
            ),
            ("in July", "in July | 2024-07-01..2024-07-31 | month"),
            (
                "in November",
                "in November | 2023-11-01..2023-11-30 | month",
            ),
            ("by November", "by November | ..2024-11-30 | month"),
            (
                "by the end of November",
                "by the end of November | ..2024-11-30 | month",
            ),
            (
                "next November",
                "next November | 2024-11-01..2024-11-30 | month",
            ),
            ("last July", "last July | 2024-07-01..2024-07-31 | month"),
            ("yesterday", "yesterday | 2024-09-11..2024-09-11 | day"),
            ("last night", "last night | 2024-09-11..2024-09-11 | day"),
            ("overnight", "overnight | 2024-09-11..2024-09-12 | day"),
            ("this week", "this week | 2024-09-09..2024-09-15 | week"),
            (
                "last month's strike",
                "last month | 2024-08-01..2024-08-31 | month",
            ),
            (
                "by the end of the year",
                "by the end of the year | ..2024-12-31 | year",
            ),
            (
                "by the end of the decade",
                "by the end of the decade | ..2029-12-31 | decade",
            ),
            (
                "over the weekend",
                "over the weekend | 2024-09-07..2024-09-08 | week",
            ),
            (
                "in the second half of last year",
                "in the second half of last year | 2023-07-01..2023-12-31 | half",
            ),
            (
                "in June and July",
                "in June and July | 2024-06-01..2024-07-31 | month",
            ),
            ("by mid-October", "by mid-October | ..2024-10-20 | month"),
            (
                "so far this year",
                "so far this year | 2024-01-01..2024-09-12 | year",
            ),
            ("that year", "that year | ? | year"),
            ("a year earlier", "a year earlier | ? | year"),
            (
                "a month ago",
                "a month ago | 2024-08-01..2024-08-31 | month",
            ),
            (
                "from 2022 to the present",
                "from 2022 to the present | 2022-01-01..2024-09-12 | year",
            ),
            ("until Friday", "until Friday | ..2024-09-13 | day"),
            (
                "early on Tuesday",
                "early on Tuesday | 2024-09-10..2024-09-10 | day",
            ),
            (
                "later in 2024",
                "later in 2024 | 2024-09-12..2024-12-31 | year",
            ),
            ("on 12 March", "on 12 March | 2024-03-12..2024-03-12 | day"),
            (
                "on 29 December",
                "on 29 December | 2023-12-29..2023-12-29 | day",
            ),
            (
                "almost a decade ago",
                "almost a decade ago | 2012-01-01..2016-12-31 | decade",
            ),
            ("on friday", "on friday | 2024-09-06..2024-09-06 | day"),
            (
                "in june 2016",
                "in june 2016 | 2016-06-01..2016-06-30 | month",
            ),
            (
                "in the week of September 3",
                "in the week of September 3 | 2024-09-02..2024-09-08 | week",
            ),
            (
                "in February",
                "in February | 2024-02-01..2024-02-29 | month",
            ),
            (
                "On Feb. 29, the",
                "On Feb. 29 | 2024-02-29..2024-02-29 | day",
            ),
            (
                "in the coming weeks",
                "in the coming weeks | 2024-09-12..2024-11-11 | vague",
            ),
            (
                "In May and June 2024 Russia",
                "In May and June 2024 | 2024-05-01..2024-06-30 | month",
            ),
        ],
    );
    check(
        Some("2024-01-10"),
        &[
            (
                "this winter",
                "this winter | 2023-12-01..2024-02-29 | season",
            ),
            (
                "last winter",
                "last winter | 2022-12-01..2023-02-28 | season",
            ),
            (
                "in December",
                "in December | 2023-12-01..2023-12-31 | month",
            ),
        ],
    );
}

#[test]
fn without_a_published_day_relative_expressions_have_no_days() {
    for published in [None, Some("soon"), Some("2024-13-40"), Some("")] {
        check(
            published,
            &[
                ("last month", "last month | ? | month"),
                ("on Monday", "on Monday | ? | day"),
                ("in July", "in July | ? | month"),
                ("in recent months", "in recent months | ? | vague"),
                (
                    "by the end of the year",
                    "by the end of the year | ? | year",
                ),
                (
                    "in the first half of last year",
                    "in the first half of last year | ? | half",
                ),
                ("since 2019", "since 2019 | 2019-01-01.. | year"),
            ],
        );
    }
}

#[test]
fn what_only_looks_like_a_time_is_none() {
    let cases = [
        "It may send 2,000 tanks.",
        "May he come?",
        "May said so.",
        "Troops march on Kyiv.",
        "a protest march",
        "2,000 tanks",
        "T-72 tanks and 155mm shells",
        "Su-35 jets",
        "2000 shells",
        "2022 drones",
        "of 2000 shells",
        "by 2000 soldiers",
        "AK-2023 rifles",
        "a total of 2000",
        "on 2000",
        "the fall of Kabul",
        "a goal in the second half",
        "an august march",
        "since the fall of Assad",
        "prices fall short",
        "the second attack",
        "room 2023",
        "The 1500 men",
        "in 2,022 cases",
        "in 2022-era tanks",
        "sun and sat",
        "Q400",
        "for two weeks",
        "every year",
        "at 2000 GMT",
        "$2000",
        "by 2000% more",
        "in 20.23 cases",
        "last shells",
        "the last tank of the past",
        "April Smith said",
        "next to the end",
        "the end of the war",
        "between 2021",
    ];
    let none: Vec<(&str, &str)> = cases.iter().map(|text| (*text, "")).collect();
    check(PUBLISHED, &none);
}

#[test]
fn hostile_text_is_read_in_bounded_time_and_depth() {
    for piece in [
        "early ",
        "the end of ",
        "the first two weeks of ",
        "earlier in ",
        "99999999999999 years ago ",
        "9999-12-31 to ",
        "– ",
        "é",
    ] {
        let text = piece.repeat(5000);
        for time in find(&text, Some("9999-12-31")) {
            assert!(text.get(time.span.range()).is_some());
        }
    }
    assert!(find("", PUBLISHED).is_empty());
    assert!(
        find(
            "in 3000 years ago of -9999 in the next 2999 decades",
            Some("-009999-01-01")
        )
        .len()
            < 9
    );
}
