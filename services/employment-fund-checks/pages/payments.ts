import { useQuery } from '@tanstack/react-query'
import { useApi, useFlows, useSpeech } from '../../../kit/door.ts'
import { useWords } from './words.ts'

/** What the fund paid to whoever is signed in. */
export type FundPayment = { caseId: string; caseNumber: string; flow: string; paidFen: number; unspentFen: number }

/** The payments of the fund to whoever is signed in. */
export function useFundPayments() {
  const api = useApi()
  return useQuery({
    queryKey: ['fund payments'],
    queryFn: async () => (await api.get<{ items: FundPayment[] }>('/services/employment-fund-checks/payments')).items,
  })
}

/** A payment in words: for what, its number, how much was paid and how much is not declared yet. */
export function usePaymentInWords(): (payment: FundPayment) => string {
  const { say, yuan } = useSpeech()
  const flows = useFlows()
  return ({ flow, caseNumber: number, paidFen, unspentFen }) => {
    const known = flows.get(flow)
    const title = known ? say(known.title) : ''
    return say(useWords.option, { title, number, paid: yuan(paidFen), left: yuan(unspentFen) }).trim()
  }
}
