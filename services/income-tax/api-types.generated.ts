// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * The last four tax years, the last first; whether a refund can still be claimed the estimate says
   */
  'GET /services/income-tax/years': {
    answer: {
      years: number[]
    }
  }
  /**
   * What the settlement of a tax year would come to
   */
  'POST /services/income-tax/estimate': {
    body: {
      taxYear: number
      /**
       * without it today
       */
      filedOn?: string
      resident?: boolean
      foreignIncome?: boolean
      withholdingMissed?: boolean
      wagesFen?: number
      labourFen?: number
      authorFen?: number
      royaltiesFen?: number
      specialDeductionsFen?: number
      additionalDeductionsFen?: number
      otherDeductionsFen?: number
      donationsFen?: number
      donationsInFullFen?: number
      prepaidFen?: number
    }
    answer: {
      outcome: 'granted' | 'refused' | 'referred'
      because: string
      /**
       * to pay; a refund where negative; absent unless granted
       */
      balanceFen?: number
      taxFen?: number
      taxableFen?: number
      settlement?: 'pay' | 'refund' | 'even' | 'exempt'
      afterWindow?: boolean
      meaning: {
        zh: string
        en: string
      } | null
      advice: {
        zh: string
        en: string
      } | null
      sentences: {
        zh: string[]
        en: string[]
      }
    }
  }
}
