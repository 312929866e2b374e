//! Where the middle of a division is, from where its towns are: nobody's outlines are needed, and empty land counts as much as full.

/// Towns further from all others than this lie apart: an island of a coastal province does not pull its middle into the sea.
const APART_KM: f64 = 400.0;

/// The centre of the convex hull around the towns (degrees north and east, people), of the part where most people live. `None`: no towns.
pub(crate) fn middle(towns: &[(f64, f64, u32)]) -> Option<(f64, f64)> {
    let &(lat, lon, _) = towns.first()?;
    // A plane that is true near the first town, in degrees of latitude; east of it stays east across the date line.
    let shrink = lat.to_radians().cos().max(0.01);
    let flat: Vec<(f64, f64, u32)> = towns
        .iter()
        .map(|&(y, x, people)| {
            (
                ((x - lon + 540.0).rem_euclid(360.0) - 180.0) * shrink,
                y - lat,
                people,
            )
        })
        .collect();
    let (x, y) = centre(&hull(main_part(&flat)));
    let east = (lon + x / shrink + 540.0).rem_euclid(360.0) - 180.0;
    Some((lat + y, east))
}

/// The towns of the part with most people; parts are further than [`APART_KM`] from each other.
fn main_part(towns: &[(f64, f64, u32)]) -> Vec<(f64, f64)> {
    let apart = APART_KM / 111.2;
    let mut part = vec![usize::MAX; towns.len()];
    let mut best: (u64, usize) = (0, 0);
    for start in 0..towns.len() {
        if part.get(start).is_none_or(|&of| of != usize::MAX) {
            continue;
        }
        let (mut people, mut open) = (0, vec![start]);
        while let Some(at) = open.pop() {
            let Some(&(x, y, count)) = towns.get(at) else {
                continue;
            };
            if part.get(at) == Some(&start) {
                continue;
            }
            if let Some(of) = part.get_mut(at) {
                *of = start;
            }
            people += u64::from(count) + 1;
            open.extend((0..towns.len()).filter(|&other| {
                part.get(other) == Some(&usize::MAX)
                    && towns
                        .get(other)
                        .is_some_and(|(x2, y2, _)| (x - x2).hypot(y - y2) < apart)
            }));
        }
        if people > best.0 {
            best = (people, start);
        }
    }
    let own = towns.iter().zip(&part).filter(|(_, of)| **of == best.1);
    own.map(|(&(x, y, _), _)| (x, y)).collect()
}

/// The corners of the convex hull, anticlockwise (Andrew 1979).
fn hull(mut points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    points.dedup();
    let half = |points: &mut dyn Iterator<Item = &(f64, f64)>| {
        let mut side: Vec<(f64, f64)> = Vec::new();
        for &point in points {
            while let [.., a, b] = side.as_slice()
                && turn(*a, *b, point) <= 0.0
            {
                side.pop();
            }
            side.push(point);
        }
        side
    };
    let mut all = half(&mut points.iter());
    let mut back = half(&mut points.iter().rev());
    all.pop();
    back.pop();
    all.append(&mut back);
    if all.is_empty() { points } else { all }
}

/// Twice the area of a triangle, positive where it turns left.
fn turn(a: (f64, f64), b: (f64, f64), c: (f64, f64)) -> f64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

/// The centre of gravity of a convex polygon; of a line or a point, its middle.
fn centre(corners: &[(f64, f64)]) -> (f64, f64) {
    let Some(&first) = corners.first() else {
        return (0.0, 0.0);
    };
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for pair in corners.windows(2) {
        if let [a, b] = pair {
            let part = turn(first, *a, *b);
            area += part;
            x += part * (first.0 + a.0 + b.0) / 3.0;
            y += part * (first.1 + a.1 + b.1) / 3.0;
        }
    }
    if area > 1e-9 {
        return (x / area, y / area);
    }
    #[allow(clippy::cast_precision_loss)]
    let count = corners.len() as f64;
    let sum = corners
        .iter()
        .fold((0.0, 0.0), |(x, y), c| (x + c.0, y + c.1));
    (sum.0 / count, sum.1 / count)
}

#[cfg(test)]
mod tests {
    use super::middle;

    fn near(towns: &[(f64, f64, u32)], (lat, lon): (f64, f64)) {
        let (y, x) = middle(towns).unwrap_or((f64::NAN, f64::NAN));
        assert!((y - lat).abs() < 0.05 && (x - lon).abs() < 0.05, "{y} {x}");
    }

    #[test]
    fn the_middle_is_that_of_the_land_and_not_of_the_people() {
        near(&[(10.0, 20.0, 5)], (10.0, 20.0));
        near(&[(10.0, 20.0, 5), (10.0, 22.0, 5_000)], (10.0, 21.0));
        let square = [(0.0, 0.0, 1), (0.0, 2.0, 1), (2.0, 0.0, 1), (2.0, 2.0, 1)];
        let crowded: Vec<_> = square
            .into_iter()
            .chain([(0.1, 0.1, 9_000), (0.2, 0.1, 9_000)])
            .collect();
        near(&crowded, (1.0, 1.0));
    }

    #[test]
    fn an_island_far_out_and_the_date_line_do_not_move_it() {
        near(
            &[
                (35.6, 139.6, 9_000),
                (35.8, 139.6, 9_000),
                (27.1, 142.2, 20),
            ],
            (35.7, 139.6),
        );
        near(
            &[(65.0, 179.0, 10), (65.0, -179.0, 10)],
            (65.0, 180.0_f64.copysign(-1.0)),
        );
        assert_eq!(middle(&[]), None);
    }
}
