//! Forms of dates beside what only looks like them, a line each.

use super::find;

/// The sentence, published on Thursday, 12 September 2024, and the days of each expression, joined by `; `.
const FORMS: &[(&str, &str)] = &[
    // Figures.
    ("It was signed on 02/22/2016.", "2016-02-22..2016-02-22"),
    ("It was signed on 21/04/2016.", "2016-04-21..2016-04-21"),
    // One order lies near the published day.
    ("It was signed on 10/09/2024.", "2024-09-10..2024-09-10"),
    ("It was signed on 09/10/2024.", "2024-09-10..2024-09-10"),
    ("It was signed on 06/05/2019.", "2019-06-05..2019-06-05"),
    ("It was signed on 15-Oct-2023.", "2023-10-15..2023-10-15"),
    ("It was filmed in 05/2023.", "2023-05-01..2023-05-31"),
    ("The winter of 2022/23 was mild.", "2022-12-01..2023-02-28"),
    ("It works 24/7 since 9/11.", ""),
    ("It took 2/3 of the fleet and a 50/50 stake.", ""),
    ("A 1/16 model and Mi 8/17 helicopters were shown.", ""),
    ("Decision 12/2021 and Law 25/2019 forbid it.", ""),
    ("The pump made 4.22 bar and 10-12 strokes.", ""),
    // Words.
    (
        "It opened on the tenth of September, two thousand.",
        "2000-09-10..2000-09-10",
    ),
    (
        "It was built in nineteen seventy-eight.",
        "1978-01-01..1978-12-31",
    ),
    (
        "It was built in the nineteen nineties.",
        "1990-01-01..1999-12-31",
    ),
    ("It was built in the seventies.", "1970-01-01..1979-12-31"),
    (
        "In two thousand cases and in nineteen twenty-tonne lorries it failed.",
        "",
    ),
    (
        "It arrived in May, the first of twenty.",
        "2024-05-01..2024-05-31",
    ),
    ("In June first deliveries began.", "2024-06-01..2024-06-30"),
    // Days of weeks and months.
    ("They met on Friday the 6th.", "2024-09-06..2024-09-06"),
    (
        "On Tuesday the first tanks arrived.",
        "2024-09-10..2024-09-10",
    ),
    (
        "On Tuesday the 3rd Brigade arrived.",
        "2024-09-10..2024-09-10",
    ),
    ("They meet on Friday next week.", "2024-09-20..2024-09-20"),
    ("They meet next week on Friday.", "2024-09-20..2024-09-20"),
    (
        "They met on the first Friday of July.",
        "2024-07-05..2024-07-05",
    ),
    ("They met from 4 to 22 August.", "2024-08-04..2024-08-22"),
    ("They met on the 4th.", "2024-09-04..2024-09-04"),
    ("It is held by the 5th Fleet and on the 27 members.", ""),
    (
        "It came in the week beginning 5 August.",
        "2024-08-05..2024-08-11",
    ),
    ("It came in week 31.", "2024-07-29..2024-08-04"),
    ("Week 31 of the war began.", ""),
    (
        "It is due in the week after next.",
        "2024-09-23..2024-09-29",
    ),
    // Counted.
    ("It will open in three weeks.", "2024-09-30..2024-10-06"),
    ("It will open in two years.", "2026-01-01..2026-12-31"),
    ("It would be the largest order in ten years.", ""),
    ("It was built in three weeks.", ""),
    ("It fired 90 drones within 24 hours.", ""),
    ("It will reply within ten days.", "2024-09-12..2024-09-22"),
    ("It began 1 month and 2 days ago.", "2024-08-10..2024-08-10"),
    ("It starts two weeks from now.", "2024-09-23..2024-09-29"),
    (
        "It closes for three days from Monday.",
        "2024-09-16..2024-09-18",
    ),
    (
        "It must be ready between now and 15 November.",
        "2024-09-12..2024-11-15",
    ),
    // What is no time.
    ("A second Sunday of protests was quiet.", ""),
    (
        "They may march with 155 guns, 2,000 men and 2014 rockets.",
        "",
    ),
];

#[test]
fn forms_are_told_from_their_lookalikes() {
    let told = |text: &str| {
        let days = find(text, Some("2024-09-12")).into_iter().map(|time| {
            time.interval.map_or("?".to_owned(), |days| {
                let end = |day: Option<String>| day.unwrap_or_default();
                format!("{}..{}", end(days.start), end(days.end))
            })
        });
        days.collect::<Vec<_>>().join("; ")
    };
    let wrong: Vec<String> = FORMS
        .iter()
        .filter(|(text, expected)| told(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  is  {}\n  not {expected}", told(text)))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
