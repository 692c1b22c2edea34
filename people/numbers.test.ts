import fc from 'fast-check'
import { stdnum } from 'stdnum'
import { describe, expect, it } from 'vitest'
import { isCreditCode, makeSyntheticCreditCode } from './credit-code.ts'
import { birthOnOf, isIdNumber, makeSyntheticIdNumber, maskIdNumber, sexOf } from './identity-number.ts'

const regions = fc.constantFrom('320102', '620102', '650102')

describe('identity number (GB 11643)', () => {
  it('a made number is right, for another implementation too, and carries birth date and sex', () => {
    const births = fc.date({ min: new Date('1930-01-01'), max: new Date('2020-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(regions, births, fc.nat(999), (region, birth, sequence) => {
        const birthOn = birth.toISOString().slice(0, 10)
        const idNumber = makeSyntheticIdNumber({ region, birthOn, sequence })
        expect(isIdNumber(idNumber)).toBe(true)
        expect(stdnum.CN?.ric?.validate(idNumber).isValid).toBe(true)
        expect(birthOnOf(idNumber)).toBe(birthOn)
        expect(sexOf(idNumber)).toBe(sequence % 2 === 1 ? 'male' : 'female')
      }),
    )
  })

  it('any one digit changed makes it wrong', () => {
    const idNumber = makeSyntheticIdNumber({ region: '320102', birthOn: '1990-03-07', sequence: 5 })
    for (let place = 0; place < 17; place++) {
      const other = String((Number(idNumber[place]) + 1) % 10)
      expect(isIdNumber(idNumber.slice(0, place) + other + idNumber.slice(place + 1))).toBe(false)
    }
  })

  it('is shown with region and last four only', () => {
    expect(maskIdNumber('32010219900307005X')).toBe('320102********005X')
  })
})

describe('unified social credit code (GB 32100)', () => {
  it('a made code is right, for another implementation too', () => {
    fc.assert(
      fc.property(regions, fc.nat(999_999_999), (region, serial) => {
        const code = makeSyntheticCreditCode({ region, serial })
        expect(isCreditCode(code)).toBe(true)
        // The other implementation refuses every code whose check character is 0.
        if (!code.endsWith('0')) expect(stdnum.CN?.uscc?.validate(code).isValid).toBe(true)
      }),
    )
  })

  it.each([
    ['a letter that the alphabet leaves out', (code: string) => code.replace('91', 'I1')],
    ['seventeen characters', (code: string) => code.slice(1)],
    ['another check character', (code: string) => code.slice(0, -1) + (code.endsWith('1') ? '2' : '1')],
  ])('%s is wrong', (_, spoil) => {
    expect(isCreditCode(spoil(makeSyntheticCreditCode({ region: '320100', serial: 22 })))).toBe(false)
  })
})
