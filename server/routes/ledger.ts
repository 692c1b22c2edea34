import { z } from 'zod'
import { schemaDate, schemaFen, schemaId, schemaInstant, schemaRegion } from '../../ground/door.ts'
import {
  balances,
  cashBook,
  chainState,
  closePeriod,
  closings,
  confirmClosing,
  getTransfer,
  statement,
  transfersOf,
  trialBalance,
} from '../../ledger/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { queryPeriod, schemaParams, schemaSumFen } from './shapes.ts'

const callers = ['staff']
const schemaSignedFen = z.int()
const schemaMemo = z.object({ code: z.string(), params: schemaParams.optional() })
const schemaSide = z.enum(['debit', 'credit'])

const schemaAccount = z
  .object({
    id: schemaId,
    name: z.string(),
    kind: z.string(),
    fund: z.string(),
    agency: z.string(),
    party: z.string().nullable(),
  })
  .meta({ id: 'Account' })

const schemaTransfer = z
  .object({
    id: schemaId,
    seq: z.int(),
    kind: z.string(),
    fund: z.string(),
    agency: z.string(),
    on: schemaDate,
    occurredOn: schemaDate.nullable(),
    recordedAt: schemaInstant,
    caseId: schemaId.nullable(),
    reference: z.string().nullable(),
    correctsId: schemaId.nullable(),
    correctedById: schemaId.nullable(),
    correctedFen: schemaFen,
    linkId: schemaId.nullable(),
    memo: schemaMemo,
    totalFen: schemaFen,
    entries: z.array(
      z.object({
        no: z.int(),
        account: z.string(),
        party: z.string().nullable(),
        side: schemaSide,
        amountFen: schemaFen,
      }),
    ),
  })
  .meta({ id: 'Transfer' })

const schemaClosing = z
  .object({
    id: schemaId,
    fund: z.string(),
    agency: z.string(),
    period: z.string(),
    from: schemaDate,
    to: schemaDate,
    closedBy: schemaId,
    closedAt: schemaInstant,
    confirmedBy: schemaId.nullable(),
    confirmedAt: schemaInstant.nullable(),
    headNumber: z.int().nullable(),
    headHash: z.string().nullable(),
    document: z.string().nullable().describe('the trial balance as it was signed'),
    signature: z.string().nullable().describe('SM2 over SM3, DER in base64'),
    signer: z.string().nullable().describe('the public key in PEM'),
  })
  .meta({ id: 'Closing' })

const cashBookClass = z.enum(['cash', 'advance', 'income', 'expenditure'])

/** The books, as far as the officer's agency reaches. Sums over many entries are text, since they may be beyond safe integers. */
export function ledgerRoutes(): ServiceRoute[] {
  return [...accountRoutes(), ...bookRoutes(), ...sealRoutes()]
}

function accountRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/ledger/accounts',
      title: { zh: '账户余额', en: 'Accounts with their balances' },
      callers,
      query: z.object({
        fund: z.string().exactOptional(),
        agency: schemaRegion.exactOptional(),
        name: z.string().exactOptional(),
        party: z.string().exactOptional(),
      }),
      answer: z.object({
        items: z.array(
          schemaAccount.extend({
            debitFen: schemaFen,
            creditFen: schemaFen,
            balanceFen: schemaSignedFen,
            availableFen: schemaSignedFen,
          }),
        ),
      }),
      handle: async (work, { query }) => ({ items: await balances(work, query) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/ledger/accounts/:accountId/statement',
      title: { zh: '明细账', en: 'The statement of an account' },
      callers,
      params: z.object({ accountId: schemaId }),
      query: queryPeriod.extend({ knownAt: schemaInstant.exactOptional() }),
      answer: z.object({
        account: schemaAccount.optional(),
        openingFen: schemaSignedFen,
        lines: z.array(
          z.object({
            transferId: schemaId,
            on: schemaDate,
            occurredOn: schemaDate.nullable(),
            recordedAt: schemaInstant,
            kind: z.string(),
            memo: schemaMemo,
            reference: z.string().nullable(),
            caseId: schemaId.nullable(),
            correctsId: schemaId.nullable(),
            debitFen: schemaFen,
            creditFen: schemaFen,
            balanceFen: schemaSignedFen,
          }),
        ),
        closingFen: schemaSignedFen,
      }),
      handle: (work, { params, query }) => statement(work, { ...params, ...query }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/ledger/transfers',
      title: { zh: '办件的账务', en: 'The transfers of a case' },
      callers,
      query: z.object({ caseId: schemaId }),
      answer: z.object({ items: z.array(schemaTransfer) }),
      handle: async (work, { query }) => ({ items: await transfersOf(work, query) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/ledger/transfers/:transferId',
      title: { zh: '记账凭证', en: 'A transfer' },
      callers,
      params: z.object({ transferId: schemaId }),
      answer: schemaTransfer,
      handle: (work, { params }) => getTransfer(work, params.transferId),
    }),
  ]
}

function bookRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/ledger/trial-balance',
      title: { zh: '试算平衡表', en: 'The trial balance' },
      callers,
      query: z.object({
        agency: schemaRegion.exactOptional(),
        fund: z.string().exactOptional(),
        from: schemaDate.exactOptional(),
        asOf: schemaDate.exactOptional(),
        knownAt: schemaInstant.exactOptional(),
      }),
      answer: z.object({
        rows: z.array(
          z.object({
            accountId: schemaId,
            fund: z.string(),
            agency: z.string(),
            name: z.string(),
            party: z.string().nullable(),
            kind: z.string(),
            openingFen: schemaSumFen,
            debitFen: schemaSumFen,
            creditFen: schemaSumFen,
            closingFen: schemaSumFen,
          }),
        ),
        totals: z.object({
          openingDebitFen: schemaSumFen,
          openingCreditFen: schemaSumFen,
          debitFen: schemaSumFen,
          creditFen: schemaSumFen,
          closingDebitFen: schemaSumFen,
          closingCreditFen: schemaSumFen,
        }),
      }),
      async handle(work, { query }) {
        const { rows, totals } = await trialBalance(work, query)
        return { rows: rows.map(sumsAsText), totals: sumsAsText(totals) }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/ledger/cash-book',
      title: { zh: '收付实现制账簿', en: 'The cash-basis book, derived from the accrual sub-ledger' },
      callers,
      query: queryPeriod.extend({ fund: z.string(), agency: schemaRegion }),
      answer: z.object({
        lines: z.array(
          z.object({
            transferId: schemaId,
            on: schemaDate,
            kind: z.string(),
            memo: schemaMemo,
            caseId: schemaId.nullable(),
            class: cashBookClass,
            item: z.string(),
            party: z.string().nullable(),
            side: schemaSide,
            amountFen: schemaFen,
          }),
        ),
        items: z.array(
          z.object({ class: cashBookClass, item: z.string(), debitFen: schemaSumFen, creditFen: schemaSumFen }),
        ),
      }),
      async handle(work, { query: { fund, agency, from, to } }) {
        const { lines, items } = await cashBook(work, { books: { fund, agency }, from, to })
        return { lines, items: items.map(sumsAsText) }
      },
    }),
  ]
}

function sealRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/ledger/chain',
      title: { zh: '账簿封存链首', en: 'How far the books are sealed: a head to keep elsewhere' },
      callers,
      answer: z.object({
        head: z.object({ number: z.int(), hash: z.string(), sealedAt: schemaInstant }).nullable(),
        sealedCount: z.int(),
        waitingCount: z.int(),
      }),
      handle: (work) => chainState(work),
    }),
    serviceRoute({
      method: 'GET',
      path: '/ledger/closings',
      title: { zh: '结账', en: 'Closings of periods' },
      callers,
      query: z.object({ fund: z.string().exactOptional(), agency: schemaRegion.exactOptional() }),
      answer: z.object({ items: z.array(schemaClosing) }),
      handle: async (work, { query }) => ({ items: await closings(work, query) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/ledger/closings',
      title: { zh: '提出结账', en: 'Close a period' },
      callers: ['pay'],
      body: z.object({ fund: z.string(), agency: schemaRegion, period: z.string() }),
      answer: z.object({ closingId: schemaId }),
      async handle(work, { body: { fund, agency, period } }) {
        return { closingId: await closePeriod(work, { books: { fund, agency }, period }) }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/ledger/closings/:closingId/confirmation',
      title: { zh: '确认结账', en: 'Confirm a closing' },
      callers: ['audit', 'control'],
      params: z.object({ closingId: schemaId }),
      answer: schemaClosing,
      handle: (work, { params }) => confirmClosing(work, params.closingId),
    }),
  ]
}

type SumsAsText<Row> = { [Key in keyof Row]: Row[Key] extends bigint ? string : Row[Key] }

function sumsAsText<Row extends object>(row: Row): SumsAsText<Row> {
  const entries = Object.entries(row).map(([key, value]) => [key, typeof value === 'bigint' ? String(value) : value])
  return Object.fromEntries(entries)
}
