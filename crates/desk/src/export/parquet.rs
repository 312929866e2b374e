//! Apache Parquet: one row a finding, numbers as numbers, names as lists.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, Int32Type},
    errors::ParquetError,
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};
use sayso_corroborate::findings::Finding;

use super::Writer;
use crate::{Look, Trouble, words};

/// Findings of one group of rows.
const ROWS: usize = 8_192;

const SCHEMA: &str = "message finding {
    required binary id (UTF8);
    required binary kind (UTF8);
    required binary says (UTF8);
    optional binary status_low (UTF8);
    optional binary status_high (UTF8);
    optional binary first_day (UTF8);
    optional binary last_day (UTF8);
    optional binary first_seen (UTF8);
    optional binary last_seen (UTF8);
    required int32 publishers;
    required int32 origins_established;
    required int32 origins_unknown;
    required int32 affirmed;
    required int32 denied;
    required int32 doubted;
    required int32 credibility;
    repeated binary origins (UTF8);
    repeated binary places (UTF8);
    repeated binary publisher_names (UTF8);
    repeated binary claims (UTF8);
    repeated binary reports (UTF8);
}";

pub(super) struct Parquet<'o> {
    out: Option<SerializedFileWriter<&'o mut (dyn Write + Send)>>,
    rows: Vec<Row>,
}

/// A finding as its columns.
struct Row {
    required: [String; 3],
    optional: [Option<String>; 6],
    counts: [i32; 7],
    lists: [Vec<String>; 5],
}

fn wrong(error: ParquetError) -> Trouble {
    Trouble::Output(std::io::Error::other(error.to_string()))
}

impl<'o> Parquet<'o> {
    pub(super) fn new(out: &'o mut (dyn Write + Send)) -> Result<Self, Trouble> {
        let schema = Arc::new(parse_message_type(SCHEMA).map_err(wrong)?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::UNCOMPRESSED)
            .set_created_by("sayso".to_owned())
            .build();
        let out = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(wrong)?;
        Ok(Self {
            out: Some(out),
            rows: Vec::new(),
        })
    }

    /// Writes the rows in hand as one group.
    fn group(&mut self) -> Result<(), Trouble> {
        let rows = std::mem::take(&mut self.rows);
        let Some(out) = self.out.as_mut().filter(|_| !rows.is_empty()) else {
            return Ok(());
        };
        let bytes = |text: &str| ByteArray::from(text);
        let mut group = out.next_row_group().map_err(wrong)?;
        for at in 0..3 {
            let values: Vec<ByteArray> = rows.iter().map(|row| bytes(&row.required[at])).collect();
            text(&mut group, &values, None, None)?;
        }
        for at in 0..6 {
            let column: Vec<Option<&String>> =
                rows.iter().map(|row| row.optional[at].as_ref()).collect();
            let levels: Vec<i16> = column.iter().map(|it| i16::from(it.is_some())).collect();
            let values: Vec<ByteArray> = column.into_iter().flatten().map(|it| bytes(it)).collect();
            text(&mut group, &values, Some(&levels), None)?;
        }
        for at in 0..7 {
            let values: Vec<i32> = rows.iter().map(|row| row.counts[at]).collect();
            let mut column = group.next_column().map_err(wrong)?.ok_or_else(missing)?;
            column
                .typed::<Int32Type>()
                .write_batch(&values, None, None)
                .map_err(wrong)?;
            column.close().map_err(wrong)?;
        }
        for at in 0..5 {
            let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
            for row in &rows {
                if row.lists[at].is_empty() {
                    defined.push(0);
                    repeated.push(0);
                }
                for (nth, value) in row.lists[at].iter().enumerate() {
                    values.push(bytes(value));
                    defined.push(1);
                    repeated.push(i16::from(nth > 0));
                }
            }
            text(&mut group, &values, Some(&defined), Some(&repeated))?;
        }
        group.close().map_err(wrong)?;
        Ok(())
    }
}

fn missing() -> Trouble {
    Trouble::Output(std::io::Error::other("a column is missing"))
}

fn text<W: Write + Send>(
    group: &mut parquet::file::writer::SerializedRowGroupWriter<'_, W>,
    values: &[ByteArray],
    defined: Option<&[i16]>,
    repeated: Option<&[i16]>,
) -> Result<(), Trouble> {
    let mut column = group.next_column().map_err(wrong)?.ok_or_else(missing)?;
    column
        .typed::<ByteArrayType>()
        .write_batch(values, defined, repeated)
        .map_err(wrong)?;
    column.close().map_err(wrong)
}

impl Writer for Parquet<'_> {
    fn finding(&mut self, _look: &Look<'_>, finding: &Finding) -> Result<(), Trouble> {
        let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        let (low, high) = finding.status.clone().unzip();
        let (first_day, last_day) = finding.days.clone().unzip();
        let (first_seen, last_seen) = finding.seen.clone().unzip();
        let origins = finding.origins.iter().filter(|origin| origin.established);
        self.rows.push(Row {
            required: [
                finding.id.clone(),
                finding.proposition.kind.to_string(),
                words::line(&finding.proposition),
            ],
            optional: [
                low.map(|it| it.to_string()),
                high.map(|it| it.to_string()),
                first_day,
                last_day,
                first_seen,
                last_seen,
            ],
            counts: [
                count(finding.publishers.len()),
                count(finding.established),
                count(finding.unknown),
                count(finding.stances.affirmed),
                count(finding.stances.denied),
                count(finding.stances.doubted),
                i32::from(finding.credibility.grade),
            ],
            lists: [
                origins.map(|origin| origin.name.clone()).collect(),
                finding
                    .proposition
                    .role("place")
                    .map(|term| term.is.name.clone())
                    .collect(),
                finding.publishers.clone(),
                finding.claims.iter().map(|id| id.0.clone()).collect(),
                finding.reports.iter().map(|id| id.0.clone()).collect(),
            ],
        });
        match self.rows.len() >= ROWS {
            true => self.group(),
            false => Ok(()),
        }
    }

    fn end(&mut self) -> Result<(), Trouble> {
        self.group()?;
        if let Some(out) = self.out.take() {
            out.close().map_err(wrong)?;
        }
        Ok(())
    }
}
