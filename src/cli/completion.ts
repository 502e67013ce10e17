/** Scripts that let a shell complete commands, flags and their values, made of the table of flags. */
import { COMMANDS, type Command, type CommandName, type Flag, flagsOf, type SHELLS } from './flags.ts'

export type Shell = (typeof SHELLS)[number]

const NAMES = Object.keys(COMMANDS) as CommandName[]

/** What a value is, for completion. */
type Values = 'files' | 'folders' | 'free' | readonly string[]

/** The script for a shell, with its line end. */
export function completionScript(shell: Shell): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell]()
}

function valuesOf({ value, choices }: Flag): Values {
  if (choices) return choices
  if (value === 'DIR') return 'folders'
  return value === 'FILE' || value === 'A B' || value === 'GLOB' ? 'files' : 'free'
}

/** As they are typed, short ones first. */
function spellings({ name, letters = [] }: Flag): string[] {
  return [...letters.map(letter => `-${letter}`), `--${name}`]
}

/** As one word of a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function bashScript(): string {
  const answer = (values: Values): string => {
    if (values === 'files') return 'COMPREPLY=($(compgen -f -- "$cur")); compopt -o filenames 2>/dev/null'
    if (values === 'folders') return 'COMPREPLY=($(compgen -d -- "$cur")); compopt -o filenames 2>/dev/null'
    return values === 'free' ? ':' : `COMPREPLY=($(compgen -W ${quoted(values.join(' '))} -- "$cur"))`
  }
  const ofValues = NAMES.flatMap(name =>
    flagsOf(name)
      .filter(({ value }) => value !== undefined)
      .map(
        flag =>
          `    ${spellings(flag)
            .map(each => `${name}:${each}`)
            .join('|')}) ${answer(valuesOf(flag))}; return;;`,
      ),
  )
  const ofFlags = NAMES.map(
    name =>
      `      ${name}) COMPREPLY=($(compgen -W ${quoted(flagsOf(name).flatMap(spellings).join(' '))} -- "$cur"));;`,
  )
  const ofWords = NAMES.map(name => `    ${name}) ${answer(wordsOf(COMMANDS[name]))};;`)
  return `# bash completion of glean. In ~/.bashrc: source <(glean completion bash)
_glean() {
  local IFS=$' \\t\\n' cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W ${quoted([...NAMES, '--help', '--version'].join(' '))} -- "$cur"))
    return
  fi
  # Bash takes the sign of --flag=value for a word of its own.
  if [[ $cur == '=' ]]; then cur=
  elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $command:$prev in
${ofValues.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${ofFlags.join('\n')}
    esac
    return
  fi
  case $command in
${ofWords.join('\n')}
  esac
}
complete -F _glean glean
`
}

function wordsOf(command: Command): Values {
  return command.words ?? 'free'
}

function zshScript(): string {
  const action = (values: Values): string => {
    if (values === 'files') return '_files'
    if (values === 'folders') return '_files -/'
    return values === 'free' ? ' ' : `(${values.join(' ')})`
  }
  const text = (help: string) => help.replace(/[[\]:\\]/g, sign => `\\${sign}`)
  const spec = (flag: Flag): string => {
    const value = flag.value === undefined ? '' : `:${text(flag.value)}:${action(valuesOf(flag))}`
    const names = spellings(flag)
    const again = flag.list ? '*' : ''
    if (names.length === 1 || flag.list) {
      return names
        .map(name => `        ${quoted(`${again}${name}[${text(flag.help)}]${value}`)}`)
        .join(' \\\n')
    }
    return `        ${quoted(`(${names.join(' ')})`)}{${names.join(',')}}${quoted(`[${text(flag.help)}]${value}`)}`
  }
  const ofCommand = (name: CommandName): string => {
    const values = wordsOf(COMMANDS[name])
    // A rest that nothing is known of would keep zsh from putting in the one flag that fits.
    const words = values === 'free' ? [] : [`        ${quoted(`*:word:${action(values)}`)}`]
    return `    ${name})\n      _arguments -s \\\n${[...flagsOf(name).map(spec), ...words].join(' \\\n')}\n      ;;`
  }
  return `#compdef glean
# zsh completion of glean. In ~/.zshrc, after compinit: source <(glean completion zsh)
_glean() {
  local curcontext=$curcontext state line
  local -a commands
  commands=(
${NAMES.map(name => `    ${quoted(`${name}:${COMMANDS[name].summary}`)}`).join('\n')}
  )
  _arguments -C '(- *)--help[show help]' '(- *)--version[show the version]' '1: :->command' '*:: :->rest'
  case $state in
    command) _describe command commands; return ;;
    rest) ;;
    *) return ;;
  esac
  case $words[1] in
${NAMES.map(ofCommand).join('\n')}
  esac
}
if [ "$funcstack[1]" = _glean ]; then _glean "$@"; else compdef _glean glean; fi
`
}

function fishScript(): string {
  const values = (flag: Flag): string => {
    if (flag.value === undefined) return ''
    const kind = valuesOf(flag)
    if (kind === 'files') return ' -r -F'
    if (kind === 'folders') return " -x -a '(__fish_complete_directories)'"
    return kind === 'free' ? ' -x' : ` -x -a ${quoted(kind.join(' '))}`
  }
  const letters = ({ letters = [] }: Flag) => letters.map(letter => ` -s ${letter}`).join('')
  const flagLines = NAMES.flatMap(name =>
    flagsOf(name).map(
      flag =>
        `complete -c glean -n '__fish_seen_subcommand_from ${name}' -l ${flag.name}${letters(flag)}${values(flag)} -d ${quoted(flag.help)}`,
    ),
  )
  const wordLines = NAMES.map(name => {
    const words = wordsOf(COMMANDS[name])
    const when = `complete -c glean -n '__fish_seen_subcommand_from ${name}'`
    if (words === 'files') return `${when} -F`
    if (words === 'folders') return `${when} -a '(__fish_complete_directories)'`
    return words === 'free' ? '' : `${when} -a ${quoted(words.join(' '))}`
  })
  return `# fish completion of glean. In ~/.config/fish/config.fish: glean completion fish | source
complete -c glean -f
${NAMES.map(name => `complete -c glean -n __fish_use_subcommand -a ${name} -d ${quoted(COMMANDS[name].summary)}`).join('\n')}
${[...flagLines, ...wordLines.filter(Boolean)].join('\n')}
`
}
