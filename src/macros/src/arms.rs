//! The futures that `join!`, `try_join!` and `select!` await. There is no `.await` in the program for them.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{
    Expr, Pat, Token,
    parse::{ParseStream, Parser},
};

use crate::{
    awaits, expression,
    macros::Macro,
    options::{Options, Values},
    site, subject,
};

/// One awaited future.
struct Arm {
    /// Its tokens among those of the macro.
    tokens: Range<usize>,
    thrown_away: bool,
}

/// The arguments of the macro with every arm tracked, and every await in them. `dropped`: the value of the macro is
/// thrown away.
pub(crate) fn tracked(tokens: TokenStream, called: Macro, options: &Options, dropped: bool) -> Option<TokenStream> {
    let list: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let parser = |input: ParseStream| match called {
        Macro::Join => of_join(input, list.len(), dropped),
        Macro::Select | Macro::BorrowingSelect => of_select(input, list.len(), called),
    };
    // What cannot be read here is left to the macro.
    let arms = parser.parse2(tokens).unwrap_or_default();
    let pieces = awaits::pieces(&list, options, false);
    if pieces.is_none() && arms.is_empty() {
        return None;
    }
    let mut pieces = pieces.unwrap_or_else(|| list.iter().map(|token| token.clone().into()).collect());
    for Arm { tokens, thrown_away } in arms {
        let future: TokenStream = pieces[tokens.clone()].iter_mut().map(std::mem::take).collect();
        let span = list[tokens.start].span();
        let written = &list[tokens.clone()];
        let is_simple = expression::start(&list[..tokens.end], tokens.end) == Some(tokens.start);
        let mut arm = match is_simple {
            true if options.values >= Values::Subjects => subject::with(future, written, span),
            true => future,
            false => in_parentheses(future, written),
        };
        arm.extend(site::tracked((span, span), written, thrown_away, options));
        pieces[tokens.start] = arm;
    }
    Some(pieces.into_iter().collect())
}

fn in_parentheses(future: TokenStream, written: &[TokenTree]) -> TokenStream {
    let mut group = Group::new(Delimiter::Parenthesis, future);
    let (first, last) = (written[0].span(), written[written.len() - 1].span());
    group.set_span(first.join(last).unwrap_or(first));
    TokenTree::Group(group).into()
}

/// `[biased;] FUTURE, FUTURE`.
fn of_join(input: ParseStream, all: usize, thrown_away: bool) -> syn::Result<Vec<Arm>> {
    let mut arms = Vec::new();
    biased(input)?;
    while !input.is_empty() {
        let (tokens, future) = future(input, all)?;
        if may_be_moved(&future) {
            arms.push(Arm { tokens, thrown_away });
        }
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(arms)
}

/// `[biased;]`, then arms `PATTERN = FUTURE [, if CONDITION] => HANDLER` and `else => HANDLER`.
fn of_select(input: ParseStream, all: usize, called: Macro) -> syn::Result<Vec<Arm>> {
    let mut arms = Vec::new();
    biased(input)?;
    while !input.is_empty() {
        let is_other = input.peek(Token![else]) || (input.peek(syn::Ident) && input.peek2(Token![=>]));
        if is_other {
            input.call(<syn::Ident as syn::ext::IdentExt>::parse_any)?;
        } else {
            let pattern = Pat::parse_multi_with_leading_vert(input)?;
            input.parse::<Token![=]>()?;
            let (tokens, future) = future(input, all)?;
            let is_borrowed = called == Macro::BorrowingSelect && matches!(future, Expr::Path(_) | Expr::Reference(_));
            if may_be_moved(&future) && !is_borrowed {
                arms.push(Arm { tokens, thrown_away: matches!(pattern, Pat::Wild(_)) });
            }
            if input.peek(Token![,]) && input.peek2(Token![if]) {
                input.parse::<Token![,]>()?;
                input.parse::<Token![if]>()?;
                input.parse::<Expr>()?;
            }
        }
        input.parse::<Token![=>]>()?;
        Expr::parse_with_earlier_boundary_rule(input)?;
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(arms)
}

fn biased(input: ParseStream) -> syn::Result<()> {
    if input.peek(syn::Ident) && input.peek2(Token![;]) {
        input.parse::<syn::Ident>()?;
        input.parse::<Token![;]>()?;
    }
    Ok(())
}

/// A future, and which of the tokens are its.
fn future(input: ParseStream, all: usize) -> syn::Result<(Range<usize>, Expr)> {
    let passed = || all - input.cursor().token_stream().into_iter().count();
    let start = passed();
    let future: Expr = input.parse()?;
    Ok((start..passed(), future))
}

/// Not so what is borrowed from a value without a name: the macro makes such a value live longer.
fn may_be_moved(future: &Expr) -> bool {
    match future {
        Expr::Reference(borrowed) => {
            matches!(&*borrowed.expr, Expr::Path(_) | Expr::Field(_) | Expr::Index(_) | Expr::Unary(_))
        }
        _ => true,
    }
}
