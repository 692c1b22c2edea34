import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { defineWords, useApi } from '../../../kit/door.ts'

/** This service's id, for its messages and the addresses of its operations. */
export const serviceId = 'job-retention-loan'

/** The flow of applications. */
export const loanFlow = 'job-loan'

/** Words that pages of residents and of staff share. */
export const loanWords = defineWords({
  title: { zh: '稳岗扩岗专项贷款', en: 'Job-retention loan' },
  application: { zh: '申请内容', en: 'The application' },
  requested: { zh: '申请额度', en: 'Credit asked for' },
  bank: { zh: '经办银行', en: 'Bank' },
  credit: { zh: '核定额度', en: 'Credit confirmed' },
  expected: { zh: '申请时的预判', en: 'Expected when it was sent' },
  capped: { zh: '（已达最高额度）', en: ' (the highest)' },
  refused: { zh: '不予支持', en: 'Refused' },
  offer: { zh: '银行报价', en: "The bank's offer" },
  offered: { zh: '贷款金额', en: 'Loan' },
  rate: { zh: '年利率', en: 'Yearly rate' },
  term: { zh: '期限', en: 'Term' },
  months: { zh: '{count} 个月', en: '{count} months' },
  security: { zh: '担保方式', en: 'Security' },
  loan: { zh: '放款', en: 'The loan' },
  contract: { zh: '合同编号', en: 'Contract' },
  lentOn: { zh: '放款日期', en: 'Lent on' },
  lent: { zh: '放款金额', en: 'Lent' },
  repaidOn: { zh: '结清日期', en: 'Repaid on' },
  answer: { zh: '您接受这个报价吗？', en: 'Do you accept the offer?' },
  accepted: { zh: '接受', en: 'Accept' },
  declined: { zh: '不接受，另选银行', en: 'Decline, and choose another bank' },
  chooseBank: { zh: '改选哪家银行？', en: 'Which bank instead?' },
})

const found = z.nullable(z.object({ outcome: z.string(), creditFen: z.number(), capped: z.boolean() }))

/** The state of an application as pages read it. */
export const loanState = z.object({
  answers: z.nullable(z.object({ requestedFen: z.number(), bankId: z.string() })),
  expected: found,
  found,
  offer: z.nullable(
    z.object({ offeredFen: z.number(), ratePpm: z.number(), termMonths: z.number(), security: z.string() }),
  ),
  offerFound: z.nullable(
    z.object({
      outcome: z.string(),
      reason: z.nullable(z.string()),
      because: z.string(),
      rateBelowIndicated: z.boolean(),
      creditOnBusinessData: z.boolean(),
      favoured: z.boolean(),
    }),
  ),
  loan: z.nullable(
    z.object({
      contractNumber: z.string(),
      lentOn: z.string(),
      lentFen: z.number(),
      repaidOn: z.nullable(z.string()),
    }),
  ),
})

/** See `loanState`. */
export type LoanState = z.infer<typeof loanState>

type Bank = { bankId: string; name: string; bankClass: string }

/** What an application chooses from. */
export function useLoanForm() {
  const api = useApi()
  return useQuery({
    queryKey: ['loan form'],
    queryFn: () =>
      api.get<{ banks: Bank[]; businesses: Array<{ businessId: string; name: string }> }>(
        `/services/${serviceId}/form`,
      ),
    staleTime: 60_000,
  })
}

/** The name of a bank; its id while that is being read. */
export function useBankName(bankId: string | undefined): string {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['bank', bankId],
    queryFn: () => api.get<Bank>(`/services/${serviceId}/banks/${bankId}`),
    enabled: bankId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data?.name ?? bankId ?? ''
}
