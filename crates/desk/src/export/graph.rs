//! GraphML: whoever and whatever findings name are nodes; a finding is a node, too, with an edge to each of them for its role.

use std::{collections::HashSet, io::Write};

use sayso_corroborate::findings::Finding;

use super::{Writer, standing};
use crate::{Look, Trouble, graphml::Graph, words};

pub(super) struct Graphml<'o> {
    out: &'o mut (dyn Write + Send),
    graph: Option<Graph>,
    known: HashSet<String>,
}

impl<'o> Graphml<'o> {
    pub(super) fn new(out: &'o mut (dyn Write + Send)) -> Self {
        let nodes = [
            "label",
            "sort",
            "kind",
            "status",
            "origins_established",
            "origins_unknown",
            "credibility",
            "stands",
            "last_seen",
        ];
        Self {
            out,
            graph: Some(Graph::new(&nodes, &["role"])),
            known: HashSet::new(),
        }
    }
}

impl Writer for Graphml<'_> {
    fn finding(&mut self, _look: &Look<'_>, finding: &Finding) -> Result<(), Trouble> {
        let Some(graph) = &mut self.graph else {
            return Ok(());
        };
        let node = format!("finding:{}", finding.id);
        graph.node(
            &node,
            &[
                &words::line(&finding.proposition),
                "finding",
                &finding.proposition.kind,
                finding
                    .status
                    .as_ref()
                    .map_or("", |(_, high)| high.as_str()),
                &finding.established.to_string(),
                &finding.unknown.to_string(),
                &finding.credibility.grade.to_string(),
                &standing(finding),
                finding.seen.as_ref().map_or("", |(_, last)| last.as_str()),
            ],
        );
        for term in &finding.proposition.terms {
            if self.known.insert(term.is.key.to_string()) {
                graph.node(&term.is.key, &[&term.is.name, term.kind.as_str()]);
            }
            graph.edge(&node, &term.is.key, &[&term.role]);
        }
        // What is written is handed on, so that it is not held.
        self.out.write_all(graph.take().as_bytes())?;
        Ok(())
    }

    fn end(&mut self) -> Result<(), Trouble> {
        if let Some(graph) = self.graph.take() {
            self.out.write_all(graph.end().as_bytes())?;
        }
        Ok(self.out.flush()?)
    }
}
