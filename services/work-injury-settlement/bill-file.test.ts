import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { readBillFile } from './bill-file.ts'

// A file of a hospital's system becomes the lines of a bill, whole or not at all; every wrong row is named.

const header = '项目编码,项目名称,费用日期,数量,单价,金额,工伤相关'
const csv = (...rows: string[]) => Buffer.from(`\uFEFF${rows.join('\n')}\n`)

describe('a CSV file', () => {
  it('with headers as hospitals write them is read without a mapping', async () => {
    const read = await readBillFile(
      'bill.csv',
      csv(header, 'H-1,手术,2026-05-12,1,34600.00,34600.00,是', 'H-2,床位,2026/5/13,1.5,"1,090.50",1635.75,否'),
    )
    expect(read.problems).toEqual([])
    expect(read.lines).toEqual([
      {
        hospitalCode: 'H-1',
        name: '手术',
        chargedOn: '2026-05-12',
        quantityMilli: 1_000,
        unitPriceFen: 3_460_000,
        amountFen: 3_460_000,
        injuryRelated: true,
      },
      {
        hospitalCode: 'H-2',
        name: '床位',
        chargedOn: '2026-05-13',
        quantityMilli: 1_500,
        unitPriceFen: 109_050,
        amountFen: 163_575,
        injuryRelated: false,
      },
    ])
  })

  it('with other headers waits for a mapping, and shows what it holds', async () => {
    const content = csv('A,B,C,D,E,F,G', 'H-1,手术,2026-05-12,1,1.00,1.00,y')
    const read = await readBillFile('bill.csv', content)
    expect(read).toMatchObject({ lines: null, problems: [], headers: ['A', 'B', 'C', 'D', 'E', 'F', 'G'], mapping: {} })
    expect(read.sample).toEqual([['H-1', '手术', '2026-05-12', '1', '1.00', '1.00', 'y']])
    const mapping = {
      hospitalCode: 'A',
      name: 'B',
      chargedOn: 'C',
      quantity: 'D',
      unitPrice: 'E',
      amount: 'F',
      injuryRelated: 'G',
    }
    expect((await readBillFile('bill.csv', content, mapping)).lines).toMatchObject([
      { hospitalCode: 'H-1', amountFen: 100 },
    ])
    const misnamed = await readBillFile('bill.csv', content, { ...mapping, amount: 'Z' })
    expect(misnamed).toMatchObject({ lines: null, problems: [{ row: 1, column: 'Z' }] })
  })

  it.each([
    ['费用日期', 'H-1,手术,2026-02-30,1,1.00,1.00,是', '2026-02-30'],
    ['数量', 'H-1,手术,2026-05-12,1.2345,1.00,1.00,是', '1.2345'],
    ['单价', 'H-1,手术,2026-05-12,1,1.005,1.00,是', '1.005'],
    ['金额', 'H-1,手术,2026-05-12,1,1.00,-1.00,是', '-1.00'],
    ['工伤相关', 'H-1,手术,2026-05-12,1,1.00,1.00,也许', '也许'],
    ['项目编码', ',手术,2026-05-12,1,1.00,1.00,是', ''],
  ])('with a wrong %s names row, column and what was found, and gives no line at all', async (column, row, found) => {
    const good = 'H-2,床位,2026-05-12,1,1.00,1.00,是'
    const read = await readBillFile('bill.csv', csv(header, good, row))
    expect(read.lines).toBeNull()
    expect(read.problems).toMatchObject([{ row: 3, column, found }])
  })

  it('of too many rows, or that is no table, is refused', async () => {
    const row = 'H-1,手术,2026-05-12,1,1.00,1.00,是'
    const rows = (count: number) => readBillFile('bill.csv', csv(header, ...Array<string>(count).fill(row)))
    expect((await rows(2_000)).lines).toHaveLength(2_000)
    await expect(rows(2_001)).rejects.toMatchObject({ problems: [{ expected: 'at most 2000 rows', found: '2001' }] })
    await expect(readBillFile('bill.csv', Buffer.from('a,"b\n'))).rejects.toMatchObject({
      problems: [{ expected: 'a CSV file in UTF-8' }],
    })
  })
})

describe('an Excel file', () => {
  it('is read like a CSV file, dates and numbers as cells', async () => {
    const workbook = new exceljs.Workbook()
    const sheet = workbook.addWorksheet('费用明细')
    sheet.addRow(header.split(','))
    sheet.addRow(['H-1', '手术', new Date('2026-05-12T00:00:00Z'), 2, 12.5, 25, '是'])
    const content = Buffer.from(await workbook.xlsx.writeBuffer())
    expect((await readBillFile('bill.xlsx', content)).lines).toMatchObject([
      { chargedOn: '2026-05-12', quantityMilli: 2_000, unitPriceFen: 1_250, amountFen: 2_500, injuryRelated: true },
    ])
  })

  it('that is none is refused', async () => {
    await expect(readBillFile('bill.xlsx', Buffer.from('no workbook'))).rejects.toMatchObject({
      problems: [{ expected: 'an Excel file (.xlsx)' }],
    })
  })
})
