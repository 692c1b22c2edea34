// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * What a degree brings who buys a home; nothing is kept
   */
  'GET /services/talent-housing/rights': {
    query: {
      degree: 'doctor' | 'master' | 'bachelor' | 'none'
      firstOwnHome: string
    }
    answer: {
      /**
       * a ruling as a case keeps it
       */
      ruling: {
        [k: string]: unknown
      }
    }
  }
}
