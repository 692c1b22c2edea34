// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Banks that may lend
   */
  'GET /services/startup-loan/banks': {
    answer: {
      banks: {
        bankId: string
        name: string
      }[]
    }
  }
}
