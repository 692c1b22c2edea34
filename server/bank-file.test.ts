import { describe, expect, it } from 'vitest'
import type { BatchLine } from '../benefits/door.ts'
import { bankFile, readBankResults } from './bank-file.ts'
import { readTable } from './http/spreadsheet.ts'

const line = (orderId: string, caseNumber: string, result: BatchLine['result'] = 'waiting'): BatchLine => ({
  ...{ orderId, caseNumber, result },
  caseId: `case of ${caseNumber}`,
  purpose: 'benefit',
  payee: { kind: 'person', id: 'somebody' },
  amountFen: 123_456,
  offsetFen: 0,
  accountMasked: '****0001',
  reason: null,
})

const lines = [line('order-1', 'A1'), line('order-2', 'A2'), line('order-3', 'A2'), line('order-4', 'A4', 'paid')]
const columns = ['付款单号', '办件编号', '结果', '退票原因']
const read = (...rows: string[][]) => readBankResults({ columns, rows }, lines)

describe('the file for the bank', () => {
  it.each(['csv', 'xlsx'] as const)(
    'is the same as %s, with whole account numbers and amounts as text',
    async (format) => {
      const payee = { payeeName: '示例·李娜', bankName: '示例银行', accountNumber: '0088880000000001' }
      const content = await bankFile([{ ...line('order-1', 'A1'), ...payee }], format)
      expect(await readTable(content)).toEqual({
        columns: ['付款单号', '办件编号', '收款人', '开户银行', '账号', '金额（元）', '结果', '退票原因'],
        rows: [['order-1', 'A1', '示例·李娜', '示例银行', '0088880000000001', '1,234.56', '', '']],
      })
    },
  )
})

describe("the bank's answers", () => {
  it('name a line by its order, or by its case where that has one payment in the batch', () => {
    expect(read(['order-2', '', '成功', ''], ['', 'A1', '失败', '户名不符'])).toEqual({
      results: [
        { orderId: 'order-2', result: 'paid' },
        { orderId: 'order-1', result: 'returned', reason: '户名不符' },
      ],
      problems: [],
    })
  })

  it('leave a row without a result waiting', () => {
    expect(read(['order-1', 'A1', '', ''])).toEqual({ results: [], problems: [] })
  })

  it.each([
    [
      'an order of another batch',
      [['order-9', '', '成功', '']],
      { row: 2, column: 'order', problem: 'line_unknown', found: 'order-9' },
    ],
    [
      'a case of another batch',
      [['', 'A9', '成功', '']],
      { row: 2, column: 'number', problem: 'line_unknown', found: 'A9' },
    ],
    [
      'a case with two payments',
      [['', 'A2', '成功', '']],
      { row: 2, column: 'number', problem: 'line_ambiguous', found: 'A2' },
    ],
    [
      'a line answered before',
      [['order-4', '', '成功', '']],
      { row: 2, column: 'order', problem: 'line_answered', found: 'order-4' },
    ],
    [
      'a word that is no result',
      [['order-1', '', '处理中', '']],
      { row: 2, column: 'result', problem: 'result_unknown', found: '处理中' },
    ],
    [
      'a return without a reason',
      [['order-1', '', '失败', '']],
      { row: 2, column: 'reason', problem: 'reason_missing', found: '' },
    ],
    [
      'the same line twice',
      [
        ['order-1', '', '成功', ''],
        ['', 'A1', '成功', ''],
      ],
      { row: 3, column: 'order', problem: 'line_twice', found: 'A1' },
    ],
  ])('with %s change nothing', (_, rows, problem) => {
    expect(read(['order-2', '', '成功', ''], ...rows)).toEqual({
      results: null,
      problems: [{ ...problem, row: problem.row + 1 }],
    })
  })

  it('without a column for the result, or for the line, are told so at the header', () => {
    const { problems } = readBankResults({ columns: ['金额'], rows: [] }, lines)
    expect(problems).toEqual([
      { row: 1, column: 'order', problem: 'column_missing', found: '付款单号' },
      { row: 1, column: 'result', problem: 'column_missing', found: '结果' },
    ])
  })
})
