//! Compares names: `compare SORT A B`, or lines `SORT<tab>A<tab>B` from standard input; SORT is `person`, `organisation`, … or `-`.
#![allow(clippy::print_stdout)]

use std::io::BufRead;

use sayso_records::EntityType::{self, *};
use sayso_resolve::compare::{Name, compare};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [sort, a, b] = args.as_slice() {
        show(sort, a, b, true);
        return;
    }
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        if let [sort, a, b] = line.split('\t').collect::<Vec<_>>().as_slice() {
            show(sort, a, b, false);
        }
    }
}

fn show(sort: &str, a: &str, b: &str, why: bool) {
    let sorts = [
        State,
        Region,
        Organisation,
        Person,
        Place,
        Facility,
        System,
        Other,
    ];
    let sort: Option<EntityType> = sorts.into_iter().find(|s| s.as_str() == sort);
    let [one, other] = [a, b].map(|text| Name { text, sort });
    let found = compare(&one, &other);
    println!("{:.2} {:?}\t{a}\t{b}", found.share, found.same);
    for feature in found.features.iter().filter(|_| why) {
        println!(
            "  {:+.2} {}: {}",
            feature.weight, feature.name, feature.reason
        );
    }
}
