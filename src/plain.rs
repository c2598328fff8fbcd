//! Text of a program, made safe to show: nothing in it moves a cursor, writes to the clipboard, clears the screen or turns
//! the direction of a line. Whatever a program, the compiler or a file's name says passes through here on its way to a
//! terminal.

/// The text on one line, without escape codes, control characters and characters that are only there to steer a display.
pub fn plain(text: &str) -> String {
    if is_plain(text) {
        return text.to_string();
    }
    let text = stripped(text);
    text.chars().map(|c| if matches!(c, '\t' | '\n') { ' ' } else { c }).collect()
}

/// The same with its lines as they are.
pub fn lines(text: &str) -> String {
    by_line(text, stripped)
}

/// The same with the colours it has: of escape codes, those that set how letters look stay.
///
/// ```
/// let text = "\u{1b}[31mred\u{1b}[0m \u{1b}]52;c;aGk=\u{7}\u{1b}[2Jtext\u{202e}\n";
/// assert_eq!(workbook::plain::coloured(text), "\u{1b}[31mred\u{1b}[0m text\n");
/// assert_eq!(workbook::plain::lines(text), "red text\n");
/// ```
pub fn coloured(text: &str) -> String {
    by_line(text, |line| {
        let (mut shown, mut rest) = (String::new(), line);
        while let Some((before, code, after)) = next_colour(rest) {
            shown += &stripped(before);
            shown += code;
            rest = after;
        }
        shown + &stripped(rest)
    })
}

/// Line by line, so that an escape code without an end swallows no more than the rest of its line.
fn by_line(text: &str, shown: impl Fn(&str) -> String) -> String {
    if text.split('\n').all(is_plain) {
        return text.to_string();
    }
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

/// Most texts are plain already, and there may be a hundred thousand of them.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// What is left of a text without escape codes and what else steers; tabs and the ends of lines stay.
fn stripped(text: &str) -> String {
    let text = anstream::adapter::strip_str(text).to_string();
    text.chars().filter(|c| matches!(c, '\t' | '\n') || !(c.is_control() || steers(*c))).collect()
}

/// The first escape code that sets how letters look (SGR, ECMA-48 8.3.117), with what is before and after it.
fn next_colour(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices("\u{1b}[").find_map(|(start, introducer)| {
        let parameters = start + introducer.len();
        let length = text[parameters..].bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b';' | b':')).count();
        let end = parameters + length;
        text[end..].starts_with('m').then(|| (&text[..start], &text[start..=end], &text[end + 1..]))
    })
}

/// Marks of direction and invisible joiners, and what XML 1.0 forbids. Without the joiners and variation selectors a text
/// is never wider than its characters one by one, so that it can be cut anywhere.
fn steers(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_that_steers_a_terminal() {
        let text =
            "\u{1b}[31mred\u{1b}[0m \u{7}\u{202e}bell\r\n\tend\u{9b}2J\u{1b}]0;title\u{1b}\\ \u{1b}[?1049h\u{1b}c.";
        assert_eq!(plain(text), "red bell  end2J .");
        assert_eq!(lines(text), "red bell\n\tend2J .");
    }

    #[test]
    fn of_escape_codes_colours_stay_where_they_are_wanted() {
        let text = "\u{1b}[1;38:5:9mred\u{1b}[m\u{1b}[2J \u{1b}[3\u{200b}1m\u{1b}[31\u{1b}]52;c;aGk=\u{1b}[0mend\u{7}";
        assert_eq!(coloured(text), "\u{1b}[1;38:5:9mred\u{1b}[m \u{1b}[0mend");
    }

    #[test]
    fn a_code_without_an_end_swallows_no_more_than_its_line() {
        assert_eq!(lines("a\u{1b}]52;c;b\nc"), "a\nc");
    }

    #[test]
    fn letters_of_every_language_stay() {
        assert_eq!(plain("naïve 数字 שלום e\u{301} 🦀"), "naïve 数字 שלום e\u{301} 🦀");
    }
}
