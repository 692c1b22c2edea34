// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * What the employment fund paid to the caller
   */
  'GET /services/employment-fund-checks/payments': {
    answer: {
      items: {
        caseId: string
        caseNumber: string
        flow: string
        paidOn: string | null
        paidFen: number
        /**
         * not declared as spent yet
         */
        unspentFen: number
      }[]
    }
  }
  /**
   * Uses that were declared of a payment
   */
  'GET /services/employment-fund-checks/declared-uses': {
    query: {
      caseNumber: string
    }
    answer: {
      items: {
        caseId: string
        number: string
        status: string
        use: string
        spentFen: number
      }[]
    }
  }
}
