/** The man page, made of the table of flags when the package is built. In troff, with the macros of man(7). */
import { COMMANDS, type CommandName, type Flag, GLOBAL_FLAGS } from './flags.ts'
import { CONFIG, variableOf } from './setting.ts'

/** `version` is that of the package. */
export function manPage(version: string): string {
  const names = Object.keys(COMMANDS) as CommandName[]
  const parts = [
    `.TH GLEAN 1 "" "gleaner ${escaped(version)}" "User Commands"`,
    '.SH NAME',
    'glean \\- index folders of documents and search them',
    '.SH SYNOPSIS',
    ...names.flatMap((name, at) => [
      ...(at > 0 ? ['.br'] : []),
      `.B glean ${name}`,
      escaped(COMMANDS[name].usage),
    ]),
    '.SH DESCRIPTION',
    line(
      'glean indexes folders of documents once and answers queries from the index with ranked, exact excerpts.',
    ),
    '.SH COMMANDS',
    ...names.flatMap(commandLines),
    '.SH FLAGS OF EVERY COMMAND',
    ...GLOBAL_FLAGS.flatMap(flagLines),
    '.SH ENVIRONMENT',
    ...tagged('GLEAN_INDEX', 'the index, where --index is not given'),
    ...tagged(
      'GLEAN_LIMIT, GLEAN_COLOR ...',
      `the value of a flag that is a habit, as in ${variableOf({ name: 'hyperlink-format', help: '' })}; a flag goes before it`,
    ),
    ...tagged('NO_COLOR, TERM', 'no colour where NO_COLOR is set or TERM is dumb'),
    ...tagged('VISUAL, EDITOR, PAGER', 'what --open and --pager run'),
    ...tagged(
      'GLEAN_CODE_CACHE, NODE_DISABLE_COMPILE_CACHE',
      'where the first is 0 or the second 1, no code is kept in the folder for caches, nor taken from there',
    ),
    ...tagged('GLEAN_DEBUG', '1: errors come with the place they come from'),
    '.SH FILES',
    ...tagged(CONFIG, 'settings; the nearest one in this folder or one above, after flags and environment'),
    ...tagged('.gitignore, .ignore, .gleanignore', 'what is not indexed'),
    ...tagged(
      '$XDG_CACHE_HOME/gleaner',
      'what Node made of the program in an earlier run; ~/.cache/gleaner where the variable is not set',
    ),
    '.SH EXIT STATUS',
    ...tagged('0', 'hits, or done'),
    ...tagged('1', 'no hits; a citation that no longer holds'),
    ...tagged('2', 'an error'),
    ...tagged('129, 130, 143', 'ended by a signal'),
    '.SH SEE ALSO',
    line('The manual, the query language and the format of the index are in the package: README.md, docs/.'),
  ]
  return `${parts.filter(Boolean).join('\n')}\n`
}

function commandLines(name: CommandName): string[] {
  const { summary, usage, flags, examples } = COMMANDS[name]
  return [
    `.SS "glean ${name} ${escaped(usage).replaceAll('"', '""')}"`,
    line(`${summary}.`),
    ...flags.flatMap(flagLines),
    ...(examples.length > 0 ? ['.PP', 'Examples:'] : []),
    ...examples.flatMap(([command, does]) => [
      '.PP',
      '.RS',
      '.nf',
      `\\fB${line(command)}\\fR`,
      '.fi',
      '.RE',
      '.RS',
      line(does),
      '.RE',
    ]),
  ]
}

function flagLines({ name, letters = [], value, help }: Flag): string[] {
  const names = [...letters.map(letter => `-${letter}`), `--${name}`].map(each => `\\fB${escaped(each)}\\fR`)
  return ['.TP', names.join(', ') + (value === undefined ? '' : ` \\fI${escaped(value)}\\fR`), line(help)]
}

function tagged(tag: string, text: string): string[] {
  return ['.TP', `\\fB${escaped(tag)}\\fR`, line(text)]
}

/** A line of text that troff takes for nothing else. */
function line(text: string): string {
  return escaped(text).replace(/^(?=[.'])/, '\\&')
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('~', '\\(ti')
    .replaceAll('^', '\\(ha')
    .replaceAll('`', '\\(ga')
}
