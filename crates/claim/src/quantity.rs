//! Quantities.
pub(crate) fn find(_text: &str, _book: &sayso_codebook::Quantities, _skip: &[sayso_records::Span<sayso_records::Byte>]) -> Vec<sayso_records::Quantity> { Vec::new() }
