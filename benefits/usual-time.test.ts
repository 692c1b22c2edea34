import { expect, it } from 'vitest'
import { findUsualTime } from './usual-time.ts'

it('how long it usually takes is told from its first day on, and is said to be assumed', () => {
  expect(findUsualTime('2024-12-31')).toBeUndefined()
  expect(findUsualTime('2025-01-01')).toMatchObject({ workingDays: 20, assumed: true })
})
