//! Has a release built again when the page was: the page is inside it. Other builds read the page's folder as they run.

fn main() {
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../../dist");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
