-- A stay that is cleared is closed: its row says since when, as the log tells it.
UPDATE cases.case_file file SET closed_at = (
    SELECT max(event.recorded_at) FROM cases.event WHERE event.case_id = file.id AND event.kind = 'clear' AND event.outcome = 'cleared')
  WHERE service = 'work-injury-settlement' AND flow = 'stay' AND status = 'cleared';
