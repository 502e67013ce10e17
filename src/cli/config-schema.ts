/** The JSON Schema of `gleaner.config.json`, made of the table of flags. It is kept in schema/, where editors find it. */
import { ownSettings } from './config.ts'
import { COMMANDS, type CommandName, type Flag, GLOBAL_FLAGS } from './flags.ts'

export function configSchema(): object {
  const commands = Object.keys(COMMANDS) as CommandName[]
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:gleaner:config:1',
    title: 'gleaner.config.json',
    ...objectOf({
      $schema: { type: 'string' },
      paths: {
        ...listOf(),
        description: 'What glean index takes without paths: files, folders or globs below this one.',
      },
      ...settingsOf(GLOBAL_FLAGS.filter(({ setting }) => setting)),
      commands: objectOf(
        Object.fromEntries(
          commands
            .map(name => [name, ownSettings(name)] as const)
            .filter(([, flags]) => flags.length > 0)
            .map(([name, flags]) => [name, objectOf(settingsOf(flags))]),
        ),
      ),
    }),
  }
}

function objectOf(properties: object): object {
  return { type: 'object', properties, additionalProperties: false }
}

function settingsOf(flags: readonly Flag[]): object {
  return Object.fromEntries(flags.map(flag => [flag.name, { ...typeOf(flag), description: flag.help }]))
}

function typeOf({ value, list, choices }: Flag): object {
  if (value === undefined) return { type: 'boolean' }
  if (list) return listOf()
  if (choices) return { enum: choices }
  return value === 'N' || value === 'TOKENS' ? { type: 'integer', minimum: 0 } : { type: 'string' }
}

function listOf(): object {
  return { type: 'array', items: { type: 'string' }, minItems: 1 }
}
