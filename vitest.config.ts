import { defineConfig } from 'vitest/config'

/** Where CI reads how many tests passed and failed; nobody else needs it. */
const report = process.env.GLEAN_TEST_REPORT

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/cli/built.ts'],
    testTimeout: 60_000,
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report ? { outputFile: { json: report } } : {}),
  },
})
