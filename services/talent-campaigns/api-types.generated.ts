// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Totals of the campaigns of a kind in a year
   */
  'GET /services/talent-campaigns/totals': {
    query: {
      kind: 'live_stream' | 'campus_stop' | 'industry_chain'
      year: number
    }
    answer: {
      campaigns: number
      figures: {
        [k: string]: number
      }
    }
  }
}
