//! Which part of the page may import which.
//!
//! Only `web/src/core/` touches what is made from the core. A view (`web/src/views/<name>/`) is drawing plus a
//! snapshot: it knows no other view, nothing of WebAssembly, and of `web/src/core/` only the types.

const GENERATED: &str = "web/gen/";
const CORE: &str = "web/src/core/";
const VIEWS: &str = "web/src/views/";

/// What comes right before the name of an imported module.
const INTRODUCTIONS: [&str; 4] = ["from", "import", "import(", "URL("];

struct Import {
    target: String,
    types_only: bool,
}

/// Every import of a file that is not allowed.
pub(super) fn complaints(path: &str, text: &str) -> Vec<String> {
    imports(path, text)
        .filter_map(|import| refusal(path, &import).map(|reason| format!("{path} imports {}: {reason}", import.target)))
        .collect()
}

fn refusal(path: &str, Import { target, types_only }: &Import) -> Option<&'static str> {
    if target.starts_with(GENERATED) && !path.starts_with(CORE) {
        return Some("only web/src/core/ touches what is made from the core");
    }
    let view = view_of(path)?;
    if view_of(target).is_some_and(|other| other != view) {
        return Some("a view knows no other view");
    }
    (target.starts_with(CORE) && !types_only).then_some("a view takes only types from the core (`import type`)")
}

fn view_of(path: &str) -> Option<&str> {
    path.strip_prefix(VIEWS)?.split_once('/').map(|(view, _)| view)
}

/// Imports of files of ours; packages are not looked at.
fn imports<'a>(path: &'a str, text: &'a str) -> impl Iterator<Item = Import> + 'a {
    text.match_indices(['"', '\'']).filter_map(move |(at, quote)| {
        let before = text[..at].trim_end();
        if !INTRODUCTIONS.iter().any(|word| before.ends_with(word)) {
            return None;
        }
        let (name, _) = text[at + 1..].split_once(quote)?;
        let target = name.starts_with('.').then(|| resolve(path, name))?;
        Some(Import { target, types_only: is_of_types(before) })
    })
}

/// Whether the statement that ends here began as `import type` or `export type`.
fn is_of_types(before: &str) -> bool {
    let start = ["import ", "export "].iter().filter_map(|word| before.rfind(word)).max();
    start.is_some_and(|start| before[start + "import ".len()..].trim_start().starts_with("type "))
}

fn resolve(path: &str, name: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, expected: &[&str]) {
        assert_eq!(complaints(path, text), expected, "{text}");
    }

    const TIMELINE: &str = "web/src/views/timeline/lanes.tsx";

    #[test]
    fn a_view_may_use_itself_shared_parts_and_types() {
        check(TIMELINE, "import { draw } from \"./draw.ts\";\nimport { h } from \"preact\";", &[]);
        check(TIMELINE, "import { signal } from \"../../state/store.ts\";", &[]);
        check(TIMELINE, "import type {\n    Lane,\n    Moment,\n} from \"../../core/wire.ts\";", &[]);
        check("web/src/views/registry.ts", "import { timeline } from \"./timeline/view.tsx\";", &[]);
    }

    #[test]
    fn a_view_that_knows_another_is_refused() {
        check(
            TIMELINE,
            "import { table } from \"../state/table.tsx\";",
            &["web/src/views/timeline/lanes.tsx imports web/src/views/state/table.tsx: a view knows no other view"],
        );
    }

    #[test]
    fn a_view_that_uses_the_core_is_refused() {
        let refused = "web/src/views/timeline/lanes.tsx imports web/src/core/client.ts: \
                       a view takes only types from the core (`import type`)";
        check(TIMELINE, "import { client } from '../../core/client.ts';", &[refused]);
        check(TIMELINE, "import type { A } from \"./a.ts\";\nimport { b } from \"../../core/client.ts\";", &[refused]);
        check(TIMELINE, "const core = await import(\"../../core/client.ts\");", &[refused]);
    }

    #[test]
    fn only_the_core_touches_what_is_made_from_it() {
        let import = "import init from \"../../gen/core/core.js\";";
        check("web/src/core/worker.ts", import, &[]);
        check(
            "web/src/state/store.ts",
            import,
            &["web/src/state/store.ts imports web/gen/core/core.js: \
               only web/src/core/ touches what is made from the core"],
        );
    }
}
