//! The server: what is let in, in which form it is answered, and with which headers.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Extension, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use tokio::{net::TcpListener, sync::Semaphore};
use tower::{Layer, Service, ServiceExt};
use tower_http::{
    compression::CompressionLayer, set_header::SetResponseHeaderLayer, timeout::TimeoutLayer,
};

use crate::{
    Desk, Trouble,
    access::{Role, Visitor, login},
    assets,
    frame::Here,
    page::{Form, TODAY, wrong},
    pages,
};

/// Where and for whom the desk is open.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Names under which it is reached, with port: any other `Host` is refused, as a page elsewhere may point its own name here.
    pub hosts: Vec<String>,
    /// Under which name judgements are kept where nobody has to sign in.
    pub name: String,
    /// What every form must hold: nobody else knows it.
    pub token: String,
    /// Whether people have to sign in.
    pub accounts: bool,
    /// Whether the way to the reader is encrypted, so that cookies go no other way.
    pub secure: bool,
}

/// Answers are refused after so long.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Largest form that is taken.
const FORM_BYTES: usize = 64 * 1024;
/// Questions answered at one time for each core; the others wait. More would only take turns, and memory.
const AT_ONCE: usize = 2;

/// What a page may load: nothing but what comes from here.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
    worker-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The desk as a service, for a server or a test.
pub fn app(
    desk: Arc<Desk>,
    settings: Settings,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
    let keeper = desk.clone();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let gate = Arc::new(Semaphore::new(AT_ONCE * cores));
    let settings = Arc::new(settings);
    let router: Router = pages::router()
        .route("/assets/{*name}", get(assets::serve))
        .fallback(nowhere)
        .method_not_allowed_fallback(otherwise)
        .with_state(desk)
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            let gate = gate.clone();
            async move {
                // Closed never: it lives as long as the server.
                let _turn = gate.acquire().await;
                next.run(request).await
            }
        }))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            let (desk, settings) = (keeper.clone(), settings.clone());
            async move { let_in(desk, settings, request, next).await }
        }))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            TIMEOUT,
        ))
        .layer(CompressionLayer::new())
        // What is behind a door is for who opened it.
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ))
        .layer(set("content-security-policy", POLICY))
        .layer(set("x-content-type-options", "nosniff"))
        // With "no-referrer" a browser sends the desk's own forms with `Origin: null`, as if another site had sent them.
        .layer(set("referrer-policy", "same-origin"))
        .layer(set("x-frame-options", "DENY"))
        .layer(set("cross-origin-opener-policy", "same-origin"))
        .layer(set("cross-origin-resource-policy", "same-origin"))
        .layer(set(
            "permissions-policy",
            "camera=(), microphone=(), geolocation=()",
        ));
    tower::util::MapRequestLayer::new(in_form).layer(router)
}

fn set(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(
        HeaderName::from_static(name),
        HeaderValue::from_static(value),
    )
}

/// Nothing has this address.
async fn nowhere(
    State(desk): State<Arc<Desk>>,
    Extension(form): Extension<Form>,
    Extension(visitor): Extension<Visitor>,
    uri: Uri,
) -> Response {
    let said = "there is no page with this address".to_owned();
    let here = Here::of(&desk, &uri, visitor);
    wrong(&Trouble::NotThere(said), form, &here)
}

/// Something has this address, and does not answer to this method.
async fn otherwise(
    State(desk): State<Arc<Desk>>,
    Extension(form): Extension<Form>,
    Extension(visitor): Extension<Visitor>,
    method: Method,
    uri: Uri,
) -> Response {
    let here = Here::of(&desk, &uri, visitor);
    wrong(&Trouble::Method(method.to_string()), form, &here)
}

/// Takes the ending off the path, which says in which form the answer is wanted.
fn in_form(mut request: Request) -> Request {
    let uri = request.uri();
    let path = uri.path();
    let (form, rest) = match path.starts_with("/assets/") {
        true => (Form::Html, path),
        false => Form::of(path),
    };
    // The first page has no name of its own to put an ending to.
    let rest = if rest == TODAY { "/" } else { rest };
    let new = match uri.query() {
        Some(query) => format!("{rest}?{query}"),
        None => rest.to_owned(),
    };
    if rest != path
        && let Ok(new) = new.parse::<Uri>()
    {
        *request.uri_mut() = new;
    }
    request.extensions_mut().insert(form);
    request
}

/// Refuses what another site sends in the reader's name, and says who asks.
async fn let_in(
    desk: Arc<Desk>,
    settings: Arc<Settings>,
    mut request: Request<Body>,
    next: Next,
) -> Response {
    if let Some(refusal) = refused(&settings, &request) {
        return refusal;
    }
    let host = request.headers().get(header::HOST);
    let host = host
        .and_then(|it| it.to_str().ok())
        .unwrap_or("")
        .to_owned();
    let nobody = Visitor {
        name: "nobody".to_owned(),
        role: Role::Reader,
        token: String::new(),
        host: host.clone(),
        secure: settings.secure,
        signed_in: false,
    };
    let path = request.uri().path();
    let visitor = match settings.accounts {
        false => Visitor {
            name: settings.name.clone(),
            role: Role::Admin,
            token: settings.token.clone(),
            ..nobody
        },
        true if path == "/login" || path.starts_with("/assets/") => nobody,
        true => match signed_in(
            &desk,
            login::cookie(request.headers()),
            host,
            settings.secure,
        )
        .await
        {
            Ok(Some(visitor)) => visitor,
            Ok(None) => return sign_in(&desk, &request, nobody),
            Err(trouble) => {
                let here = Here::of(&desk, request.uri(), nobody);
                return wrong(&trouble, form_of(&request), &here);
            }
        },
    };
    let form = form_of(&request);
    if !reads(request.method()) && !matches!(form, Form::Html | Form::Json) {
        let here = Here::of(&desk, request.uri(), visitor);
        let refusal = wrong(&Trouble::Method(request.method().to_string()), form, &here);
        return ([(header::ALLOW, "GET, HEAD")], refusal).into_response();
    }
    request.extensions_mut().insert(visitor);
    request.extensions_mut().insert(settings);
    next.run(request).await
}

fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn form_of(request: &Request<Body>) -> Form {
    request
        .extensions()
        .get::<Form>()
        .copied()
        .unwrap_or_default()
}

async fn signed_in(
    desk: &Arc<Desk>,
    secret: Option<String>,
    host: String,
    secure: bool,
) -> Result<Option<Visitor>, Trouble> {
    let Some(secret) = secret else {
        return Ok(None);
    };
    let desk = desk.clone();
    let found =
        tokio::task::spawn_blocking(move || login::session(&desk, &secret, &host, secure)).await;
    found.unwrap_or(Ok(None))
}

/// The way to the page for signing in; a program is told that it has to.
fn sign_in(desk: &Desk, request: &Request<Body>, nobody: Visitor) -> Response {
    let form = form_of(request);
    let here = Here::of(desk, request.uri(), nobody);
    if form != Form::Html || request.method() != Method::GET {
        return wrong(&Trouble::Unknown, form, &here);
    }
    let to = match here.query.is_empty() {
        true => here.path.clone(),
        false => format!("{}?{}", here.path, here.query),
    };
    Redirect::to(&format!("/login?to={}", crate::frame::encoded(&to))).into_response()
}

/// The answer to what another site sends. `None`: it is the reader's own.
fn refused(settings: &Settings, request: &Request<Body>) -> Option<Response> {
    let head = |name: HeaderName| request.headers().get(name).and_then(|it| it.to_str().ok());
    let host = head(header::HOST).unwrap_or("");
    if !settings.hosts.iter().any(|known| known == host) {
        let said = "this desk is not reached under that name: sayso serve --host NAME adds one";
        return Some((StatusCode::MISDIRECTED_REQUEST, said).into_response());
    }
    if reads(request.method()) {
        return None;
    }
    let origin = head(header::ORIGIN);
    let site = head(HeaderName::from_static("sec-fetch-site"));
    let own = origin.is_none_or(|origin| {
        origin
            .split_once("://")
            .is_some_and(|(_, from)| from == host)
    });
    let other = !own || site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
    other.then(|| (StatusCode::FORBIDDEN, "sent by another site").into_response())
}

/// Serves until `until` is done.
///
/// # Errors
/// When the socket fails.
pub async fn serve(
    desk: Arc<Desk>,
    settings: Settings,
    listener: TcpListener,
    until: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let app = app(desk, settings);
    axum::serve(
        listener,
        axum::ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(app),
    )
    .with_graceful_shutdown(until)
    .await
}

/// One request answered without a socket, for tests.
pub async fn once(
    app: impl Service<Request, Response = Response, Error = Infallible>,
    request: Request,
) -> Response {
    match app.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
