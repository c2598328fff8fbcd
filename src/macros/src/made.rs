//! Where channels, sets and `Notify`s are made.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use crate::{
    bodies::{is_mark, is_word},
    expression,
};

/// Functions that make both ends of a channel.
const CHANNELS: [&str; 4] = ["channel", "unbounded_channel", "bounded", "unbounded"];
/// Types of which `new` or `default` makes one.
const TYPES: [&str; 4] = ["JoinSet", "CancellationToken", "TaskTracker", "Sender"];
/// What is known by the place where it stays, so not before it is there.
const PLACED: &str = "Notify";
/// What values are put into, to stay there.
const WRAPPERS: [&str; 3] = ["Arc", "Rc", "Box"];
/// The functions of types that make one.
const NEW: [&str; 2] = ["new", "default"];

/// What comes after the group here if it ends a call that makes something: code that says so.
pub(crate) fn after_call(list: &[TokenTree], at: usize) -> TokenStream {
    let Some(call) = Call::ending(list, at) else { return TokenStream::new() };
    let makes_ends = call.function().is_some_and(|name| CHANNELS.iter().any(|channel| name == channel));
    if makes_ends || call.is_new(&TYPES) {
        let span = call.span;
        return said(span, quote_spanned!(span=> |made| (&&&::workbook::awaits::Fresh(made)).subjects()));
    }
    if call.is_new(&WRAPPERS) { placed(&tokens(call.arguments)) } else { TokenStream::new() }
}

/// What comes after the semicolon here if it ends a `let` whose value stays where it is.
pub(crate) fn after_let(list: &[TokenTree], at: usize) -> TokenStream {
    let value = |from: usize| {
        let said = placed(&list[from..at]);
        (!said.is_empty()).then_some((from, said))
    };
    let start = at.checked_sub(1).and_then(|_| expression::start(list, at));
    let Some((start, said)) = start.and_then(value) else { return TokenStream::new() };
    let [.., before, name @ TokenTree::Ident(_), equals] = &list[..start] else { return TokenStream::new() };
    let is_let = is_word(Some(before), "let") || is_word(Some(before), "mut");
    if !is_let || !is_mark(Some(equals), '=') {
        return TokenStream::new();
    }
    let stays = Ident::new("_stays", Span::mixed_site());
    quote!((&#name) #said; let #stays = ::workbook::awaits::Stays::here(&#name);)
}

/// What is said of a value that is put where it stays: a `Notify`, or a struct with some in its fields.
fn placed(value: &[TokenTree]) -> TokenStream {
    let Some(last) = value.len().checked_sub(1) else { return TokenStream::new() };
    if let Some(call) = Call::ending(value, last).filter(|call| call.start == 0 && call.is_new(&[PLACED])) {
        let span = call.span;
        return said(span, quote_spanned!(span=> |made| (&&&::workbook::awaits::Fresh(made)).subjects()));
    }
    match &value[last] {
        TokenTree::Group(fields)
            if fields.delimiter() == Delimiter::Brace && expression::start_of_path(value, last - 1) == Some(0) =>
        {
            let fields = tokens(fields);
            fields.split(|token| is_mark(Some(token), ',')).map(field).collect()
        }
        _ => TokenStream::new(),
    }
}

/// `notify: Notify::new()` in a struct.
fn field(tokens: &[TokenTree]) -> TokenStream {
    let [TokenTree::Ident(name), colon, value @ ..] = tokens else { return TokenStream::new() };
    let call = value.len().checked_sub(1).and_then(|last| Call::ending(value, last));
    match call {
        Some(call) if call.start == 0 && call.is_new(&[PLACED]) && is_mark(Some(colon), ':') => {
            let span = call.span;
            said(span, quote_spanned!(span=> |made| [::workbook::awaits::Subject::of(&made.#name); 2]))
        }
        _ => TokenStream::new(),
    }
}

/// Says that something was made at `place`, and how to find it in the value before.
fn said(place: Span, find: TokenStream) -> TokenStream {
    let line = Literal::usize_unsuffixed(place.start().line);
    let column = Literal::usize_unsuffixed(place.start().column + 1);
    quote_spanned! {place=>
        .__made(&::workbook::awaits::Maker { file: ::core::file!(), line: #line, column: #column }, #find)
    }
}

/// A call of a function by its path.
struct Call<'a> {
    /// The names of the path, without what is in angle brackets.
    names: Vec<String>,
    start: usize,
    span: Span,
    arguments: &'a Group,
}

impl<'a> Call<'a> {
    /// The call whose arguments are here.
    fn ending(list: &'a [TokenTree], at: usize) -> Option<Call<'a>> {
        let TokenTree::Group(arguments) = &list[at] else { return None };
        let start = expression::start_of_call(&list[..=at])?;
        let before = start.checked_sub(1).and_then(|before| list.get(before));
        if is_mark(before, '$') || is_word(before, "fn") {
            return None;
        }
        let mut depth = 0;
        let mut names = Vec::new();
        for token in &list[start..at] {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '<' => depth += 1,
                TokenTree::Punct(mark) if mark.as_char() == '>' => depth -= 1,
                TokenTree::Ident(name) if depth == 0 => names.push(name.to_string()),
                _ => {}
            }
        }
        Some(Call { names, start, span: list[start].span(), arguments })
    }

    fn function(&self) -> Option<&String> {
        self.names.last()
    }

    /// Whether it is `T::new` or `T::default` of one of these types.
    fn is_new(&self, types: &[&str]) -> bool {
        let [.., of, function] = &self.names[..] else { return false };
        types.iter().any(|name| of == name) && NEW.iter().any(|name| function == name)
    }
}

fn tokens(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}
