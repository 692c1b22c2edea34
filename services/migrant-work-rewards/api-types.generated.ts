// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Register work away from home
   */
  'POST /services/migrant-work-rewards/placements': {
    body: {
      personId: string
      destinationRegion: string
      employer: string
      from: string
    }
    answer: {
      placementId: string
    }
  }
  /**
   * Register that work away from home has ended
   */
  'POST /services/migrant-work-rewards/placements/{placementId}/end': {
    params: {
      placementId: string
    }
    body: {
      to: string
    }
    answer: {}
  }
  /**
   * Who is due a subsidy of this year and was not paid
   */
  'GET /services/migrant-work-rewards/due-not-paid': {
    query: {
      benefit: 'transport-subsidy' | 'outside-work-subsidy' | 'fujian-work-subsidy'
    }
    answer: {
      items: {
        personId: string
        name: string
        idNumberMasked: string
        amountFen: number
        /**
         * the case that is under way
         */
        caseNumber: string | null
        status: string | null
      }[]
      totalFen: number
    }
  }
}
