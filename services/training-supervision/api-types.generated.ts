// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Classes that have not begun, and those of the caller
   */
  'GET /services/training-supervision/open-classes': {
    answer: {
      items: {
        classId: string
        number: string
        title: string
        institution: string
        field: 'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other'
        level: number
        startsOn: string
        endsOn: string
        place: string
        capacity: number
        enrolled: number
        /**
         * of the caller, where they are enrolled
         */
        enrolmentId: string | null
      }[]
    }
  }
  /**
   * Enrol in a class
   */
  'POST /services/training-supervision/enrolments': {
    body: {
      classId: string
    }
    answer: {
      enrolmentId: string
    }
  }
  /**
   * Take an enrolment back
   */
  'POST /services/training-supervision/enrolments/{enrolmentId}/withdrawal': {
    params: {
      enrolmentId: string
    }
    body: {}
    answer: {
      done: true
    }
  }
  /**
   * The licence, listed projects, classes and sanctions of the institution
   */
  'GET /services/training-supervision/institution': {
    answer: {
      name: string
      licenceNumber: string
      licensedTo: string | null
      fields: ('advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other')[]
      projects: {
        projectId: string
        code: string
        title: string
        level: number
      }[]
      classes: {
        classId: string
        employerId: string
        number: string
        title: string
        startsOn: string
        endsOn: string
        capacity: number
        enrolled: number
      }[]
      sanctions: {
        kind:
          | 'recover_subsidy'
          | 'suspend_recruitment'
          | 'order_rectification'
          | 'remove_from_catalogue'
          | 'revoke_licence'
          | 'hold_persons_responsible'
          | 'administrative_penalty'
          | 'refer_to_justice'
        from: string
        endedOn: string | null
      }[]
    }
  }
  /**
   * Open a class
   */
  'POST /services/training-supervision/classes': {
    body: {
      projectId: string
      title: string
      startsOn: string
      endsOn: string
      capacity: number
      place: string
      /**
       * another institution that teaches, and under what contract
       */
      taughtBy?: {
        creditCode: string
        contract: 'joint_schooling' | 'cooperation'
      }
    }
    answer: {
      id: string
      number: string
    }
  }
  /**
   * The classes, the newest first
   */
  'GET /services/training-supervision/classes': {
    answer: {
      items: {
        classId: string
        employerId: string
        number: string
        title: string
        startsOn: string
        endsOn: string
        capacity: number
        enrolled: number
      }[]
    }
  }
  /**
   * A class with its records
   */
  'GET /services/training-supervision/classes/{classId}': {
    params: {
      classId: string
    }
    answer: {
      classId: string
      number: string
      title: string
      institution: string
      employerId: string
      taughtBy: string
      contract: ('joint_schooling' | 'cooperation') | null
      project: string
      startsOn: string
      endsOn: string
      place: string
      capacity: number
      teachers: {
        personId: string
        name: string
        practiceYears: number
        qualified: boolean
        because: string
      }[]
      sessions: {
        id: string
        startsAt: string
        endsAt: string
        topic: string
        teacherId: string
        /**
         * why the hours were called off
         */
        cancelled: string | null
      }[]
      trainees: {
        enrolmentId: string
        personId: string
        name: string
        idNumberMasked: string
        attendances: number
        passed: boolean | null
        certificateNumber: string | null
        /**
         * how often the assessment was corrected; what a correction names
         */
        assessmentNo: number | null
        /**
         * why it was corrected the last time
         */
        assessmentCorrected: string | null
      }[]
      attendance: {
        id: string
        personId: string
        inAt: string
        outAt: string
        device: string
        isTerminal: boolean
        /**
         * why the record counts no more
         */
        corrected: string | null
        /**
         * the record that this one takes the place of
         */
        corrects: string | null
      }[]
      /**
       * what inspectors found; empty for the institution
       */
      money: {
        id: string
        kind: 'tuition' | 'recruitment_fee' | 'training_loan' | 'kickback'
        counterparty: string
        amountFen: number
        paidOn: string
        source: string
      }[]
    }
  }
  /**
   * Enter a teacher of a class
   */
  'POST /services/training-supervision/classes/{classId}/teachers': {
    params: {
      classId: string
    }
    body: {
      idNumber: string
      practiceYears: number
    }
    answer: {
      personId: string
      qualified: boolean
      because: string
    }
  }
  /**
   * Enter hours of the timetable
   */
  'POST /services/training-supervision/classes/{classId}/sessions': {
    params: {
      classId: string
    }
    body: {
      /**
       * @minItems 1
       * @maxItems 400
       */
      sessions: [
        {
          teacherId: string
          day: string
          from: string
          to: string
          topic: string
        },
        ...{
          teacherId: string
          day: string
          from: string
          to: string
          topic: string
        }[]
      ]
    }
    answer: {
      done: true
    }
  }
  /**
   * Enrol a trainee at the institution
   */
  'POST /services/training-supervision/classes/{classId}/trainees': {
    params: {
      classId: string
    }
    body: {
      idNumber: string
    }
    answer: {
      enrolmentId: string
    }
  }
  /**
   * Import attendance from CSV or Excel: all of it, or what is wrong by row
   */
  'POST /services/training-supervision/classes/{classId}/attendance': {
    params: {
      classId: string
    }
    body: {
      contentBase64: string
    }
    answer: {
      imported: number
      known: number
      problems: {
        row: number
        column: string
        code: string
        params: {
          [k: string]: string
        }
      }[]
    }
  }
  /**
   * Enter assessments
   */
  'POST /services/training-supervision/classes/{classId}/assessments': {
    params: {
      classId: string
    }
    body: {
      /**
       * @minItems 1
       * @maxItems 500
       */
      assessments: [
        {
          personId: string
          passed: boolean
          certificateNumber: string | null
        },
        ...{
          personId: string
          passed: boolean
          certificateNumber: string | null
        }[]
      ]
    }
    answer: {
      done: true
    }
  }
  /**
   * Take over trainees, hours or assessments from CSV or Excel, line by line
   */
  'POST /services/training-supervision/classes/{classId}/lists/{list}': {
    params: {
      classId: string
      list: 'trainees' | 'sessions' | 'assessments'
    }
    body: {
      contentBase64: string
    }
    answer: {
      entered: number
      problems: {
        row: number
        column: string
        code: string
        params: {
          [k: string]: string
        }
      }[]
    }
  }
  /**
   * Correct an attendance that was reported wrongly
   */
  'POST /services/training-supervision/classes/{classId}/attendance/{attendanceId}/correction': {
    params: {
      classId: string
      attendanceId: string
    }
    body: {
      reason: string
      /**
       * null: they were not there
       */
      times: {
        came: string
        left: string
      } | null
    }
    answer: {
      done: true
    }
  }
  /**
   * Correct an assessment that was entered wrongly
   */
  'POST /services/training-supervision/classes/{classId}/assessments/{personId}/correction': {
    params: {
      classId: string
      personId: string
    }
    body: {
      /**
       * `assessmentNo` of the trainee
       */
      corrects: number
      passed: boolean
      certificateNumber: string | null
      reason: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Call hours off before they begin
   */
  'POST /services/training-supervision/classes/{classId}/sessions/{sessionId}/cancellation': {
    params: {
      classId: string
      sessionId: string
    }
    body: {
      reason: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Training institutions with their licences and the sanctions that stand
   */
  'GET /services/training-supervision/institutions': {
    answer: {
      items: {
        employerId: string
        name: string
        licenceNumber: string
        licensedFrom: string
        licensedTo: string | null
        fields: ('advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other')[]
        sanctions: (
          | 'recover_subsidy'
          | 'suspend_recruitment'
          | 'order_rectification'
          | 'remove_from_catalogue'
          | 'revoke_licence'
          | 'hold_persons_responsible'
          | 'administrative_penalty'
          | 'refer_to_justice'
        )[]
      }[]
    }
  }
  /**
   * Enter the licence of an institution
   */
  'POST /services/training-supervision/institutions': {
    body: {
      employerId: string
      licenceNumber: string
      licensedFrom: string
      licensedTo: string | null
      /**
       * @minItems 1
       * @maxItems 5
       */
      fields:
        | ['advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other']
        | [
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other',
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other'
          ]
        | [
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other',
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other',
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other'
          ]
        | [
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other',
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other',
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other',
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other'
          ]
        | [
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other',
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other',
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other',
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other',
            'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other'
          ]
    }
    answer: {
      done: true
    }
  }
  /**
   * Until when a licence goes from now on
   */
  'POST /services/training-supervision/institutions/{employerId}/term': {
    params: {
      employerId: string
    }
    body: {
      licensedTo: string | null
      reason: string
    }
    answer: {
      done: true
    }
  }
  /**
   * The last count of vacant posts and wishes in each occupation
   */
  'GET /services/training-supervision/demand': {
    answer: {
      items: {
        occupation: string
        vacancies: number
        wishes: number
        from: string
        source: string
      }[]
    }
  }
  /**
   * Record vacant posts and wishes of an occupation
   */
  'POST /services/training-supervision/demand': {
    body: {
      occupation: string
      vacancies: number
      wishes: number
      from: string
      source: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Take over counts from CSV or Excel, line by line
   */
  'POST /services/training-supervision/demand/list': {
    body: {
      contentBase64: string
    }
    answer: {
      entered: number
      problems: {
        row: number
        column: string
        code: string
        params: {
          [k: string]: string
        }
      }[]
    }
  }
  /**
   * The projects, and which stand in the guidance catalogue
   */
  'GET /services/training-supervision/projects': {
    answer: {
      items: {
        projectId: string
        code: string
        title: string
        institution: string
        field: 'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other'
        occupation: string
        level: number
        isListed: boolean
      }[]
    }
  }
  /**
   * Enter a project into the guidance catalogue
   */
  'POST /services/training-supervision/projects': {
    body: {
      employerId: string
      code: string
      title: string
      field: 'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other'
      occupation: string
      level: number
      hoursMin: number
      reason: string
    }
    answer: {
      projectId: string
    }
  }
  /**
   * The effect of a project, and what the rule says of it
   */
  'GET /services/training-supervision/projects/{projectId}/effect': {
    params: {
      projectId: string
    }
    answer: {
      effect: {
        field: 'advanced_manufacturing' | 'elderly_care' | 'pillar_industry' | 'entrepreneurship' | 'other'
        vacancies: number
        wishes: number
        graduates: number
        placed: number
        placementRatePpm: number
      }
      /**
       * a ruling as a case keeps it
       */
      ruling: {
        [k: string]: unknown
      }
    }
  }
  /**
   * Remove a project without effect
   */
  'POST /services/training-supervision/projects/{projectId}/removal': {
    params: {
      projectId: string
    }
    body: {}
    answer: {
      reason: string
    }
  }
  /**
   * Run the detectors now
   */
  'POST /services/training-supervision/detections': {
    body: {}
    answer: {
      found: number
      fresh: number
    }
  }
  /**
   * What the detectors found, the gravest first
   */
  'GET /services/training-supervision/findings': {
    query: {
      classId?: string
    }
    answer: {
      items: {
        findingId: string
        classId: string
        classNumber: string
        rule: string
        violation:
          | 'buying_trainees'
          | 'illegal_subcontracting'
          | 'collusion'
          | 'hobby_training'
          | 'filler_training'
          | 'false_training'
          | 'forged_papers'
          | 'claiming_in_anothers_name'
          | 'training_loan'
        level: 'high' | 'medium' | 'low'
        personIds: string[]
        evidence: {
          kind: string
          id: string
        }[]
        params: {
          [k: string]: string | number
        }
        foundOn: string
      }[]
    }
  }
  /**
   * Record money around a class that an inspector found
   */
  'POST /services/training-supervision/classes/{classId}/money': {
    params: {
      classId: string
    }
    body: {
      personId: string | null
      kind: 'tuition' | 'recruitment_fee' | 'training_loan' | 'kickback'
      counterparty: string
      amountFen: number
      paidOn: string
      source: string
    }
    answer: {
      done: true
    }
  }
  /**
   * What the rule proposes for the violations established in a case
   */
  'GET /services/training-supervision/cases/{caseId}/proposal': {
    params: {
      caseId: string
    }
    answer: {
      sanctions: (
        | 'recover_subsidy'
        | 'suspend_recruitment'
        | 'order_rectification'
        | 'remove_from_catalogue'
        | 'revoke_licence'
        | 'hold_persons_responsible'
        | 'administrative_penalty'
        | 'refer_to_justice'
      )[]
      subsidyAtStakeFen: number
      /**
       * a ruling as a case keeps it
       */
      ruling: {
        [k: string]: unknown
      }
    }
  }
}
