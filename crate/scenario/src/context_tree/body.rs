use std::time::Duration;

use chanscope_kernel::{Go, Panic};
use chanscope_sync::Chan;
use chanscope_sync::context::Context;

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) ends: Ends,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Request,
    Search,
    Timeout,
    Shorter,
    Detached,
}

const MINUTE: Duration = Duration::from_secs(60);

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let ended = Chan::new(&go, "ended", 0);
    let background = Context::background(&go);
    let (request, cancel_request) = match config.ends {
        Ends::Shorter => background.with_timeout("request", MINUTE).await, //= request-timeout
        _ => background.with_cancel("request").await,                      //= request
    };
    let at_end = cancel_request.clone();
    go.defer(async move |_| {
        at_end.call().await; //= request-at-end
        Ok(())
    });
    let (search, cancel_search) = match config.ends {
        Ends::Timeout | Ends::Shorter => request.with_timeout("search", Duration::from_millis(20)).await, //= search-timeout
        _ => request.with_cancel("search").await,                                                         //= search
    };
    let at_end = cancel_search.clone();
    go.defer(async move |_| {
        at_end.call().await; //= search-at-end
        Ok(())
    });
    let (page, cancel_page) = match config.ends {
        Ends::Detached => (search.without_cancel("page"), None),
        Ends::Timeout => {
            let (page, cancel) = search.with_timeout("page", MINUTE).await; //= page-timeout
            (page, Some(cancel))
        }
        _ => {
            let (page, cancel) = search.with_cancel("page").await; //= page
            (page, Some(cancel))
        }
    };
    if let Some(cancel) = cancel_page {
        go.defer(async move |_| {
            cancel.call().await; //= page-at-end
            Ok(())
        });
    }
    if matches!(config.ends, Ends::Timeout | Ends::Shorter) {
        let same = page.deadline() == search.deadline();
        go.println(&format!("one deadline for both: {same}")).await; //= print-deadline
    }
    let wait = |name, ctx: &Context| wait(go.clone(), name, ctx.clone(), ended.clone());
    go.spawn("request waiter", wait("request", &request)); //= start-request
    go.spawn("search waiter", wait("search", &search)); //= start-search
    go.spawn("page waiter", wait("page", &page)); //= start-page
    match config.ends {
        Ends::Request | Ends::Detached => cancel_request.call().await, //= cancel-request
        Ends::Search => cancel_search.call().await,                    //= cancel-search
        Ends::Timeout | Ends::Shorter => {}
    }
    ended.recv().await; //= first-ended
    ended.recv().await; //= second-ended
    match config.ends {
        Ends::Request => {
            ended.recv().await; //= third-ended
        }
        Ends::Search | Ends::Timeout | Ends::Shorter => {
            let error = request.err().await.map_or("<nil>".to_owned(), |error| error.to_string()); //= look
            go.println(&format!("request lives: {error}")).await; //= print-look
            cancel_request.call().await; //= cancel-rest
            ended.recv().await; //= last-ended
        }
        Ends::Detached => {}
    }
    Ok(())
}

async fn wait(go: Go, name: &'static str, ctx: Context, ended: Chan<()>) -> Result<(), Panic> {
    ctx.done().await; //= done
    let error = ctx.err().await.map_or("<nil>".to_owned(), |error| error.to_string()); //= err
    go.println(&format!("{name}: {error}")).await; //= print
    ended.send(()).await //= ended
}
