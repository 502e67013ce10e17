import { expect, test } from 'vitest'
import { findIndex, indexToBuild } from '../../src/cli/index-location.ts'
import { world } from '../world.ts'

const manifest = '{"gleaner":1,"checksum":"00000000",\n'

test('what is named counts before the environment, and that before what is found', async () => {
  const { folder } = world({ 'index/manifest.json': manifest })
  expect(await findIndex('a', { GLEAN_INDEX: 'b' }, folder)).toBe('a')
  expect(await findIndex(undefined, { GLEAN_INDEX: 'b' }, folder)).toBe('b')
  expect(await findIndex(undefined, { GLEAN_INDEX: '' }, folder)).toBe('index')
})

test('the nearest index above is found, from inside the index too; other manifests are passed over', async () => {
  const here = world({
    'index/manifest.json': manifest,
    'web/index/manifest.json': '{"name":"an app"}',
    'web/deep/x': '',
    'near/index/manifest.json': manifest,
    'near/deep/x': '',
  })
  expect(await findIndex(undefined, {}, here.path('web/deep'))).toBe('../../index')
  expect(await findIndex(undefined, {}, here.path('near/deep'))).toBe('../index')
  expect(await findIndex(undefined, {}, here.path('index'))).toBe('.')
})

test('an index is not built on a web server', () => {
  expect(() => indexToBuild('https://example.org/index', {}, '/', true)).toThrow(
    /in a folder of this machine/,
  )
})

test('without any, the error says how to make one', async () => {
  await expect(findIndex(undefined, {}, world().folder)).rejects.toThrow(/no index here.*glean index DIR/)
})

test('paths are indexed here; bringing up to date goes to the index above', () => {
  const here = world({ 'index/manifest.json': manifest, 'sub/x': '' })
  expect(indexToBuild(undefined, {}, here.path('sub'), true)).toBe('index')
  expect(indexToBuild(undefined, {}, here.path('sub'), false)).toBe('../index')
  expect(indexToBuild(undefined, {}, world().folder, false)).toBe('index')
})
