//! Which crate may use which.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use cargo_metadata::{DependencyKind, MetadataCommand};

/// Crates that know JavaScript. Only the page's view of the core may use them.
const JAVASCRIPT: [&str; 5] = ["js-sys", "serde-wasm-bindgen", "wasm-bindgen", "wasm-bindgen-futures", "web-sys"];

/// A crate of ours and which others of ours it may use.
struct Room {
    name: &'static str,
    uses: &'static [&'static str],
    /// What its tests may use besides.
    tests_use: &'static [&'static str],
    javascript: Javascript,
}

#[derive(PartialEq)]
enum Javascript {
    Never,
    /// Through another crate, for that crate's types.
    Indirectly,
    Directly,
}

const ROOMS: [Room; 14] = [
    Room { name: "chanscope-kernel", uses: &[], tests_use: &[], javascript: Javascript::Never },
    Room { name: "chanscope-sync", uses: &["chanscope-kernel"], tests_use: &[], javascript: Javascript::Never },
    Room {
        name: "chanscope-scenario",
        uses: &["chanscope-kernel", "chanscope-sync"],
        tests_use: &[],
        javascript: Javascript::Never,
    },
    Room {
        name: "chanscope-explore",
        uses: &["chanscope-kernel"],
        tests_use: &["chanscope-sync", "chanscope-scenario"],
        javascript: Javascript::Never,
    },
    Room {
        name: "chanscope-litmus",
        uses: &["chanscope-explore", "chanscope-kernel", "chanscope-sync"],
        tests_use: &[],
        javascript: Javascript::Never,
    },
    Room {
        name: "chanscope-bench",
        uses: &[],
        tests_use: &[
            "chanscope-explore",
            "chanscope-kernel",
            "chanscope-scenario",
            "chanscope-session",
            "chanscope-sync",
        ],
        javascript: Javascript::Never,
    },
    Room { name: "chanscope-tcp", uses: &[], tests_use: &[], javascript: Javascript::Never },
    Room {
        name: "chanscope-reference",
        uses: &["chanscope-explore", "chanscope-kernel", "chanscope-sync"],
        tests_use: &[],
        javascript: Javascript::Never,
    },
    Room {
        name: "chanscope-fuzz",
        uses: &[],
        tests_use: &[
            "chanscope-link",
            "chanscope-litmus",
            "chanscope-scenario",
            "chanscope-session",
            "chanscope-tcp",
            "chanscope-wasm",
        ],
        javascript: Javascript::Never,
    },
    Room { name: "chanscope-link", uses: &[], tests_use: &[], javascript: Javascript::Never },
    Room {
        name: "chanscope-session",
        uses: &["chanscope-explore", "chanscope-kernel", "chanscope-link", "chanscope-scenario"],
        tests_use: &[],
        javascript: Javascript::Never,
    },
    Room {
        name: "chanscope-wasm",
        uses: &["chanscope-kernel", "chanscope-scenario", "chanscope-session", "chanscope-sync", "chanscope-tcp"],
        tests_use: &["chanscope-explore", "chanscope-link"],
        javascript: Javascript::Directly,
    },
    Room {
        name: "chanscope-companion",
        uses: &["chanscope-kernel", "chanscope-litmus", "chanscope-scenario", "chanscope-session", "chanscope-tcp"],
        tests_use: &[],
        javascript: Javascript::Never,
    },
    Room {
        name: "chanscope-xtask",
        uses: &["chanscope-tcp", "chanscope-wasm"],
        tests_use: &[],
        javascript: Javascript::Indirectly,
    },
];

/// What each package depends on, other people's packages included.
#[derive(Default)]
pub(super) struct Graph {
    /// Packages of the workspace.
    ours: BTreeSet<String>,
    edges: BTreeMap<String, Vec<Edge>>,
}

struct Edge {
    to: String,
    tests_only: bool,
}

/// The graph as cargo resolves it, for all platforms.
pub(super) fn read() -> Result<Graph> {
    let metadata = MetadataCommand::new().exec()?;
    let mut graph = Graph {
        ours: metadata.workspace_packages().iter().map(|package| package.name.to_string()).collect(),
        ..Graph::default()
    };
    let resolve = metadata.resolve.as_ref().expect("cargo resolves dependencies unless told not to");
    for node in &resolve.nodes {
        let edges = node.deps.iter().map(|dep| Edge {
            to: metadata[&dep.pkg].name.to_string(),
            tests_only: dep.dep_kinds.iter().all(|info| info.kind == DependencyKind::Development),
        });
        graph.edges.entry(metadata[&node.id].name.to_string()).or_default().extend(edges);
    }
    Ok(graph)
}

/// Every edge that the rooms do not allow.
pub(super) fn complaints(graph: &Graph) -> Vec<String> {
    let mut complaints = Vec::new();
    for name in &graph.ours {
        match ROOMS.iter().find(|room| room.name == name) {
            Some(room) => complaints.extend(complaints_of(graph, room)),
            None => complaints.push(format!("{name} is not on the map: give it a room in crate/xtask/src/arrows")),
        }
    }
    complaints
}

fn complaints_of(graph: &Graph, room: &Room) -> Vec<String> {
    let mut complaints = Vec::new();
    for edge in graph.edges.get(room.name).into_iter().flatten() {
        let to = edge.to.as_str();
        let allowed = room.uses.contains(&to) || edge.tests_only && room.tests_use.contains(&to);
        if graph.ours.contains(to) && !allowed {
            let how = if edge.tests_only { " in its tests" } else { "" };
            complaints.push(format!("{} may not use {to}{how}", room.name));
        }
        if JAVASCRIPT.contains(&to) && room.javascript != Javascript::Directly {
            complaints.push(format!("{} may not use {to}: only chanscope-wasm knows JavaScript", room.name));
        }
    }
    if room.javascript == Javascript::Never {
        complaints.extend(
            way_to_javascript(graph, room.name)
                .map(|way| format!("{} may not reach JavaScript, and does: {}", room.name, way.join(" -> "))),
        );
    }
    complaints
}

/// A way of more than one step from a crate to one that knows JavaScript, tests left out.
fn way_to_javascript(graph: &Graph, start: &str) -> Option<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut ways = vec![vec![start.to_owned()]];
    while let Some(way) = ways.pop() {
        let here = way.last().expect("a way has a start");
        for edge in graph.edges.get(here).into_iter().flatten().filter(|edge| !edge.tests_only) {
            let further = [way.as_slice(), std::slice::from_ref(&edge.to)].concat();
            if JAVASCRIPT.contains(&edge.to.as_str()) {
                if further.len() > 2 {
                    return Some(further);
                }
            } else if seen.insert(edge.to.clone()) {
                ways.push(further);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph from `a -> b` (a dependency) and `a ~> b` (of tests).
    fn graph(edges: &[&str]) -> Graph {
        let mut graph = Graph::default();
        for edge in edges {
            let (from, tests_only, to) = match edge.split_once(" -> ") {
                Some((from, to)) => (from, false, to),
                None => edge.split_once(" ~> ").map(|(from, to)| (from, true, to)).expect("an edge"),
            };
            graph.ours.extend([from, to].into_iter().filter(|name| name.starts_with("chanscope-")).map(str::to_owned));
            graph.edges.entry(from.to_owned()).or_default().push(Edge { to: to.to_owned(), tests_only });
        }
        graph
    }

    #[track_caller]
    fn check(edges: &[&str], expected: &[&str]) {
        assert_eq!(complaints(&graph(edges)), expected, "{edges:?}");
    }

    #[test]
    fn arrows_of_the_map_are_allowed() {
        check(&["chanscope-sync -> chanscope-kernel", "chanscope-kernel -> thiserror"], &[]);
        check(&["chanscope-explore ~> chanscope-sync", "chanscope-explore ~> chanscope-scenario"], &[]);
        check(&["chanscope-xtask -> chanscope-wasm", "chanscope-wasm -> wasm-bindgen"], &[]);
    }

    #[test]
    fn an_arrow_that_points_back_is_refused() {
        check(&["chanscope-kernel -> chanscope-sync"], &["chanscope-kernel may not use chanscope-sync"]);
        check(&["chanscope-link -> chanscope-kernel"], &["chanscope-link may not use chanscope-kernel"]);
    }

    #[test]
    fn what_tests_may_use_the_crate_may_not() {
        check(&["chanscope-explore -> chanscope-sync"], &["chanscope-explore may not use chanscope-sync"]);
        check(&["chanscope-kernel ~> chanscope-sync"], &["chanscope-kernel may not use chanscope-sync in its tests"]);
    }

    #[test]
    fn javascript_is_refused_directly_and_through_others() {
        check(
            &["chanscope-kernel -> js-sys"],
            &["chanscope-kernel may not use js-sys: only chanscope-wasm knows JavaScript"],
        );
        check(
            &["chanscope-companion -> clock", "clock -> web-sys"],
            &["chanscope-companion may not reach JavaScript, and does: chanscope-companion -> clock -> web-sys"],
        );
        check(&["chanscope-companion ~> clock", "clock -> web-sys"], &[]);
    }

    #[test]
    fn a_crate_without_a_room_is_refused() {
        check(
            &["chanscope-cellar -> serde"],
            &["chanscope-cellar is not on the map: give it a room in crate/xtask/src/arrows"],
        );
    }
}
