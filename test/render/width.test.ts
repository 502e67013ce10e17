import { expect, test } from 'vitest'
import { cellWidth, clip } from '../../src/render/width.ts'

test.each([
  ['plain', 5],
  ['', 0],
  ['naïve', 5],
  ['e\u0301tude', 5],
  ['漢字かな', 8],
  ['한국어', 6],
  ['ｶﾞ', 2],
  ['🐋', 2],
  ['👩‍🚀', 2],
  ['❤', 1],
  ['❤\ufe0f', 2],
  ['สวัสดี', 4],
  ['a\u200bb\u00ad', 2],
])('%j takes %i cells', (text, cells) => {
  expect(cellWidth(text)).toBe(cells)
})

test('clipping keeps whole characters and says that it cut', () => {
  expect(clip('short', 5)).toBe('short')
  expect(clip('longer text', 8)).toBe('longer…')
  expect(clip('漢字漢字', 6)).toBe('漢字…')
  expect(clip('ae\u0301iou', 3)).toBe('ae\u0301…')
})
