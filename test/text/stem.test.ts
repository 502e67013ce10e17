import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STEMMERS, type Stemmer, stemmerFor } from '../../src/text/stem.ts'

const stem: Stemmer = await stemmerFor('en')

describe('the English stemmer', () => {
  it.each([
    ['running', 'runs', 'run'],
    ['relational', 'relate', 'relating'],
    ['happy', 'happiness'],
    ['connect', 'connection', 'connections', 'connected'],
    ['express', 'expressions'],
    ['die', 'dying', 'dies'],
    ['ponies', 'pony'],
    ['hopping', 'hop'],
    ['hoping', 'hope'],
    ['generalizations', 'generalize'],
    ['locked', 'locking', 'locks', 'lock'],
    ['dog', "dog's", 'dogs'],
    ['resume', 'résumé', 'résumés'],
  ])('gives %s one stem with its forms', (word, ...forms) => {
    expect(forms.map(stem)).toEqual(forms.map(() => stem(word)))
  })

  it('keeps other words apart', () => {
    expect(stem('hopping')).not.toBe(stem('hoping'))
    expect(stem('general')).not.toBe(stem('generous'))
    expect(stem('news')).not.toBe(stem('new'))
    expect(stem('page')).not.toBe(stem('pagan'))
  })

  it.each([
    '007',
    'v2.0.1',
    'x86s',
    "don't",
    'книги',
    'ガラス',
    'हिन्दी',
    `${'a'.repeat(36)}ings${'s'.repeat(9)}`,
  ])('leaves %s as it is', term => expect(stem(term)).toBe(term))

  it('neither throws nor empties a term', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'aeiouybdglnrst'), minLength: 1 }),
        fc.string({ unit: 'binary' }),
        (word, any) => {
          expect(stem(word)).not.toBe('')
          expect(typeof stem(any)).toBe('string')
        },
      ),
    )
  })
})

describe('stemmerFor', () => {
  it('says which languages there are when asked for another', async () => {
    for (const language of ['xx', 'constructor']) {
      await expect(stemmerFor(language)).rejects.toMatchObject({
        code: 'unknown-analyzer',
        message: expect.stringContaining(Object.keys(STEMMERS).join(', ')),
      })
    }
  })

  it('names the version of the package it takes the algorithm from', async () => {
    const { default: manifest } = await import('../../package-lock.json', { with: { type: 'json' } })
    const [, name, version] = STEMMERS.en!.id.split(' ')
    const packages: Record<string, { version?: string }> = manifest.packages
    expect(packages[`node_modules/${name}`]?.version).toBe(version)
  })
})
