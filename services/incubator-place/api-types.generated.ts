// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Who waits for a place in an incubator, returning entrepreneurs first
   */
  'GET /services/incubator-place/ranking': {
    query: {
      incubator: string
    }
    answer: {
      items: {
        rank: number
        caseId: string
        number: string
        applicant: string
        project: string
        appliedOn: string
      }[]
    }
  }
}
