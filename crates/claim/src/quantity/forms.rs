#![allow(clippy::unwrap_used)]
//! The forms that news writes numbers in, a line each: bounds, ranges, magnitudes, money, rates, and what is no count.

use sayso_codebook::Codebook;

use super::find;

/// The sentence, and each quantity in it as `value(..upper) unit bound`, joined by `; `; empty where it counts nothing.
const FORMS: &[(&str, &str)] = &[
    // Bounds.
    ("They sent more than 300 trucks.", "300 truck at-least"),
    (
        "Up to 40 launchers were handed over.",
        "40 launcher at-most",
    ),
    ("At least 1,500 rockets were fired.", "1500 rocket at-least"),
    (
        "As many as 12 submarines are planned.",
        "12 submarine at-most",
    ),
    ("No fewer than 60 crews were trained.", "60 crew at-least"),
    (
        "It may buy a maximum of 24 helicopters.",
        "24 helicopter at-most",
    ),
    (
        "It may buy a minimum of 24 helicopters.",
        "24 helicopter at-least",
    ),
    (
        "Over 700 vehicles crossed the border.",
        "700 vehicle at-least",
    ),
    (
        "Under 100 interceptors are left.",
        "100 interceptor at-most",
    ),
    ("Fewer than 50 tanks still run.", "50 tank at-most"),
    ("Around 90 engines were seized.", "90 engine about"),
    ("Roughly 5,000 shells were found.", "5000 shell about"),
    (
        "The order is for close to 400 missiles.",
        "400 missile about",
    ),
    ("Nearly 8,000 soldiers were sent.", "8000 soldier about"),
    ("Some 250 radars are in use.", "250 radar about"),
    ("An estimated 3,000 drones were lost.", "3000 drone about"),
    ("It needs 20 or more batteries.", "20 battery at-least"),
    ("It needs at least 20 batteries.", "20 battery at-least"),
    ("It made 100-plus boats.", "100 boat at-least"),
    ("It made 500+ missiles.", "500 missile at-least"),
    ("It made not more than 10 missiles.", "10 missile at-most"),
    ("It made about 10 missiles or so.", "10 missile about"),
    ("It sent well over 200 vehicles.", "200 vehicle at-least"),
    ("It sent just under 200 vehicles.", "200 vehicle at-most"),
    (
        "Approximately 1.5 million rounds are missing.",
        "1500000 round about",
    ),
    // Ranges.
    ("It got between 20 and 30 jets.", "20..30 jet exact"),
    ("It got 20 to 30 jets.", "20..30 jet exact"),
    ("It got 20-30 jets.", "20..30 jet exact"),
    ("It got 20–30 jets.", "20..30 jet exact"),
    // What grew "from 200 to 250" was never a range: the second end alone counts.
    ("It got from 200 to 250 jets.", "200 - exact; 250 jet exact"),
    (
        "It costs $2 million to $3 million.",
        "2000000..3000000 USD exact",
    ),
    ("It costs $2-3 billion.", "2000000000..3000000000 USD exact"),
    ("It got two or three jets.", "2..3 jet exact"),
    (
        "It got three to five million shells.",
        "3000000..5000000 shell exact",
    ),
    // Magnitudes.
    ("Half a million shells arrived.", "500000 shell exact"),
    ("A million shells arrived.", "1000000 shell exact"),
    ("A dozen patrol boats arrived.", "12 patrol boat exact"),
    ("Two dozen tanks arrived.", "24 tank exact"),
    (
        "Dozens of armoured vehicles arrived.",
        "24 armoured vehicle at-least",
    ),
    ("Hundreds of rifles arrived.", "200 rifle at-least"),
    ("Several hundred rifles arrived.", "200 rifle at-least"),
    ("Tens of thousands of mines arrived.", "20000 mine at-least"),
    (
        "Hundreds of thousands of rounds arrived.",
        "200000 round at-least",
    ),
    ("A hundred howitzers arrived.", "100 howitzer exact"),
    ("Twenty-five howitzers arrived.", "25 howitzer exact"),
    ("A couple of frigates arrived.", "2 frigate about"),
    ("A pair of frigates arrived.", "2 frigate exact"),
    (
        "One and a half million shells arrived.",
        "1500000 shell exact",
    ),
    ("It has 10k drones.", "10000 drone exact"),
    // Money.
    ("It is worth $1.2bn.", "1200000000 USD exact"),
    ("It is worth US$350 million.", "350000000 USD exact"),
    ("It is worth A$3.7 billion.", "3700000000 AUD exact"),
    ("It is worth €500m.", "500000000 EUR exact"),
    ("It is worth 2.5 billion zloty.", "2500000000 PLN exact"),
    ("It is worth 90 billion rubles.", "90000000000 RUB exact"),
    ("It is worth 400 billion won.", "400000000000 KRW exact"),
    ("It is worth 21,000 crore rupees.", "210000000000 INR exact"),
    ("It is worth Rs 500 crore.", "5000000000 INR exact"),
    (
        "It is worth 3 lakh crore rupees.",
        "3000000000000 INR exact",
    ),
    (
        "It is worth nearly half a billion euros.",
        "500000000 EUR about",
    ),
    (
        "It is worth 100 million Swiss francs.",
        "100000000 CHF exact",
    ),
    (
        "It is worth 100 million Australian dollars.",
        "100000000 AUD exact",
    ),
    (
        "It is worth 7 billion Norwegian kroner.",
        "7000000000 NOK exact",
    ),
    (
        "It is worth 7 billion Danish kroner.",
        "7000000000 DKK exact",
    ),
    (
        "It is worth 30 billion Taiwan dollars.",
        "30000000000 TWD exact",
    ),
    ("It is worth NT$30 billion.", "30000000000 TWD exact"),
    ("It is worth SEK 12 billion.", "12000000000 SEK exact"),
    ("It is worth USD 12 million.", "12000000 USD exact"),
    ("It is worth 12m pounds.", "12000000 GBP exact"),
    (
        "It is worth 5 billion Egyptian pounds.",
        "5000000000 EGP exact",
    ),
    (
        "It is worth 40 billion Iraqi dinars.",
        "40000000000 IQD exact",
    ),
    (
        "It is worth 900 billion Iranian rials.",
        "900000000000 IRR exact",
    ),
    (
        "It fired 12 Dong Feng missiles.",
        "12 Dong Feng missile exact",
    ),
    // Rates and shares: the unit stays what is counted.
    ("It makes 40 tanks per year.", "40 tank exact"),
    ("It makes 2,000 drones a month.", "2000 drone exact"),
    ("It makes up to 6 jets annually.", "6 jet at-most"),
    ("Output rose 15 percent.", "15 percent exact"),
    ("Output rose by 15.5%.", "15.5 percent exact"),
    ("It ships 300 tonnes of powder.", "300 tonne exact"),
    ("It flies 2,000 kilometres.", "2000 kilometre exact"),
    // What counts nothing.
    ("A 155mm shell hit the depot.", ""),
    ("The Su-35 and the Mi-28 were shown.", ""),
    ("A 2,000-kg bomb was dropped.", ""),
    ("A 40-kilometre front was held.", ""),
    ("The 93rd Brigade took part.", ""),
    ("A T-72B3 tank burned.", ""),
    ("The 2S19 howitzer fired.", ""),
    ("The 500-kilogram warhead failed.", ""),
    ("The four-wheel-drive truck broke down.", ""),
    ("The Type 055 ship sailed.", ""),
];

#[test]
fn the_forms_of_news_are_read() {
    let book = Codebook::bundled().unwrap().quantities;
    let told = |text: &str| {
        let times = crate::time::find(text, Some("2024-09-12"));
        let skip: Vec<_> = times.iter().map(|time| time.span).collect();
        let found = find(text, &book, &skip).into_iter().map(|quantity| {
            let upper = quantity
                .upper
                .map_or(String::new(), |upper| format!("..{upper}"));
            let unit = quantity.unit.unwrap_or("-".to_owned());
            format!(
                "{}{upper} {unit} {}",
                quantity.value,
                quantity.bound.as_str()
            )
        });
        found.collect::<Vec<_>>().join("; ")
    };
    let wrong: Vec<String> = FORMS
        .iter()
        .filter(|(text, expected)| told(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  is  {}\n  not {expected}", told(text)))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} wrong\n{}",
        wrong.len(),
        FORMS.len(),
        wrong.join("\n")
    );
}
