import { describe, expect, it } from 'vitest'
import { namedDocuments } from './named-documents.ts'

describe('the register of named documents (G5.01)', () => {
  it.each([
    ['the pilot notice', 'A1', 1],
    ['the handling rules of Gansu', 'A2', 1],
    ['the procedure of Xinjiang', 'A3', 1],
    ['the loan notice of Heilongjiang', 'C1', 1],
    ['the notice of Hebei stands behind three systems', 'C2', 1],
    ['the notice of Hebei stands behind three systems', 'C3', 1],
    ['the notice of Hebei stands behind three systems', 'C4', 1],
    ['the ten measures of Hunan', 'C5', 1],
    ['the ten measures of Hunan', 'D9', 1],
    ['labour cooperation of Hunan', 'D10.05', 1],
    ['the notice on rogue training', 'C8', 1],
    ['three laws as grounds for penalties', 'C8.01', 3],
    ['Skills Light the Way Ahead', 'C9', 1],
    ['the titles of Jiangxi', 'C11', 1],
    ['the talent pilot', 'C13', 1],
    ['the gig markets of Zigong', 'D4', 1],
    ['the opinion of Zigong', 'E7', 1],
    ['the registration rules of Zigong', 'C7', 1],
    ['the model contract of couriers', 'E9', 1],
    ['the wage regulation of Inner Mongolia', 'E1', 1],
    ['rest and pay', 'E3', 1],
    ['labour rules', 'E4', 1],
    ['defending rights', 'E5', 1],
    ['digital tribunals', 'E13', 1],
    ['the drug catalogue', 'F1', 1],
    ['rules of supervision', 'F4', 1],
    ['consumables', 'F5.R3.2', 1],
    ['trace codes', 'F7', 1],
    ['listing of drugs', 'F8', 1],
    ['procured drugs', 'F13', 1],
    ['reform of medical insurance', 'F14', 1],
    ['employment first', 'D12.01', 1],
    ['labour law and employment promotion law', 'D12.03', 2],
    ['employment funds', 'C5.09', 1],
  ])('%s stands behind %s', (_, requirement, count) => {
    expect(namedDocuments().filter(({ requirements }) => requirements.includes(requirement))).toHaveLength(count)
  })

  it('each has an id of its own, a title and an issuer', () => {
    const ids = namedDocuments().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(namedDocuments().every(({ title, issuer }) => title.zh && issuer.zh)).toBe(true)
  })
})
