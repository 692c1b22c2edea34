// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * What panels decided, without names: day, outcome, votes, reasons
   */
  'GET /services/talent-support/decisions': {
    answer: {
      items: {
        decidedOn: string
        outcome: 'granted' | 'refused'
        favour: number
        against: number
        abstained: number
        reasons: string
      }[]
    }
  }
}
