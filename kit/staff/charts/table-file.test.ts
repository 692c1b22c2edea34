import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { csvOf, type SavedTable, workbookOf } from './table-file.ts'

const table: SavedTable = {
  name: '结算/天数',
  columns: ['地区', '笔数', '金额（元）', '备注'],
  rows: [
    ['江苏', 12, { fen: 123_450 }, '一"二"，\n三 & <四>'],
    ['新疆', 0, { fen: -5 }, '=1+1'],
    ['青海', 3, null, null],
  ],
}

describe('a table that is saved', () => {
  it('is CSV that Excel reads: a mark, quotes, amounts in yuan, no formula from a text', () => {
    expect(csvOf(table)).toBe(
      '\uFEFF地区,笔数,金额（元）,备注\r\n江苏,12,1234.50,"一""二""，\n三 & <四>"\r\n新疆,0,-0.05,\'=1+1\r\n青海,3,,\r\n',
    )
  })

  it('is a workbook whose numbers are numbers and whose texts are texts', async () => {
    const workbook = new exceljs.Workbook()
    await workbook.xlsx.load(workbookOf(table).buffer)
    const [sheet] = workbook.worksheets
    expect(sheet?.name).toBe('结算 天数')
    const values = [1, 2, 3, 4].map((row) => [1, 2, 3, 4].map((column) => sheet?.getCell(row, column).value))
    expect(values).toEqual([
      ['地区', '笔数', '金额（元）', '备注'],
      ['江苏', 12, 1234.5, '一"二"，\n三 & <四>'],
      ['新疆', 0, -0.05, '=1+1'],
      ['青海', 3, null, null],
    ])
  })
})
