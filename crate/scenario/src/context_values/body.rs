use chanscope_kernel::{Go, Panic};
use chanscope_sync::context::Context;

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) carries: Carries,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Carries {
    RequestId,
    Option,
    Parameter,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let ctx = Context::background(&go);
    match config.carries {
        Carries::RequestId => {
            handle(&go, &ctx).await;
            let request = ctx.with_value("request", "id", &"7");
            handle(&go, &request).await;
            let retry = request.with_value("retry", "id", &"7, again");
            handle(&go, &retry).await;
            handle(&go, &request).await;
        }
        Carries::Option => {
            let limited = ctx.with_value("limited", "limit", &2_u32);
            search_by_context(&go, &limited).await;
            search_by_context(&go, &ctx).await;
        }
        Carries::Parameter => {
            search(&go, &ctx, 2).await;
        }
    }
    Ok(())
}

async fn handle(go: &Go, ctx: &Context) {
    let id = ctx.value("id").map_or("<nil>".to_owned(), |id| id.printed());
    go.println(&format!("handling request {id}")).await; //= handle
}

/// Without a limit it finds nothing, and nobody is told why.
async fn search_by_context(go: &Go, ctx: &Context) {
    let limit = ctx.value("limit").map_or("0".to_owned(), |limit| limit.printed());
    go.println(&format!("at most {limit} results")).await; //= search-by-context
}

async fn search(go: &Go, _ctx: &Context, limit: u32) {
    go.println(&format!("at most {limit} results")).await; //= search
}
