// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * What an application chooses from: handling banks, and the businesses of the caller
   */
  'GET /services/job-retention-loan/form': {
    answer: {
      banks: {
        bankId: string
        name: string
        bankClass: string
      }[]
      businesses: {
        businessId: string
        name: string
      }[]
    }
  }
  /**
   * A bank
   */
  'GET /services/job-retention-loan/banks/{bankId}': {
    params: {
      bankId: string
    }
    answer: {
      bankId: string
      name: string
      bankClass: string
    }
  }
  /**
   * What the rule says to an application now; nothing is kept
   */
  'POST /services/job-retention-loan/preview': {
    body: {
      requestedFen: number
      businessId?: string
      /**
       * at the counter: the owner who borrows
       */
      personId?: string
    }
    answer: {
      /**
       * a ruling as a case keeps it
       */
      ruling: {
        [k: string]: unknown
      }
      /**
       * the register of each fact
       */
      sources: {
        [k: string]: string
      }
    }
  }
}
