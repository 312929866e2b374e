//! Graphs as GraphML (http://graphml.graphdrawing.org/), which Gephi, yEd and networkx read.

use std::fmt::Write;

use sayso_records::text::clean;

/// A directed graph that is being written.
pub struct Graph {
    out: String,
    nodes: Vec<&'static str>,
    edges: Vec<&'static str>,
    count: usize,
}

/// `text` inside an element or attribute; what XML cannot hold is gone.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

impl Graph {
    /// With what nodes and edges say of themselves, all of it text.
    pub fn new(nodes: &[&'static str], edges: &[&'static str]) -> Self {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        );
        for (of, keys) in [("node", nodes), ("edge", edges)] {
            for key in keys {
                let _ = writeln!(
                    out,
                    "  <key id=\"{of}-{key}\" for=\"{of}\" attr.name=\"{key}\" attr.type=\"string\"/>"
                );
            }
        }
        out += "  <graph edgedefault=\"directed\">\n";
        Self {
            out,
            nodes: nodes.to_vec(),
            edges: edges.to_vec(),
            count: 0,
        }
    }

    /// A node; `values` as the keys of nodes.
    pub fn node(&mut self, id: &str, values: &[&str]) {
        let _ = write!(self.out, "    <node id=\"{}\">", escaped(id));
        for (key, value) in self
            .nodes
            .iter()
            .zip(values)
            .filter(|(_, value)| !value.is_empty())
        {
            let _ = write!(
                self.out,
                "<data key=\"node-{key}\">{}</data>",
                escaped(value)
            );
        }
        self.out += "</node>\n";
    }

    /// An edge; `values` as the keys of edges.
    pub fn edge(&mut self, from: &str, to: &str, values: &[&str]) {
        let (from, to) = (escaped(from), escaped(to));
        let _ = write!(
            self.out,
            "    <edge id=\"e{}\" source=\"{from}\" target=\"{to}\">",
            self.count
        );
        for (key, value) in self
            .edges
            .iter()
            .zip(values)
            .filter(|(_, value)| !value.is_empty())
        {
            let _ = write!(
                self.out,
                "<data key=\"edge-{key}\">{}</data>",
                escaped(value)
            );
        }
        self.out += "</edge>\n";
        self.count += 1;
    }

    /// What was written since it was taken last, for whoever hands it on piece by piece.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    /// The whole file, or what is left of it.
    pub fn end(mut self) -> String {
        self.out += "  </graph>\n</graphml>\n";
        self.out
    }
}
