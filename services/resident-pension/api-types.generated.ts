// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * What the rule says of somebody now, and where the pension would be paid
   */
  'GET /services/resident-pension/outlook': {
    query: {
      personId?: string
    }
    answer: {
      /**
       * a ruling as a case keeps it
       */
      ruling: {
        [k: string]: unknown
      }
      sources: {
        [k: string]: string
      }
      entitlement: {
        outcome: 'granted' | 'refused' | 'referred'
        reason: string | null
        because: string
        qualifiedOn: string | null
        accountFen: number
        accountMonthFen: number
      }
      /**
       * null without an account on the card
       */
      accountMasked: string | null
    }
  }
}
