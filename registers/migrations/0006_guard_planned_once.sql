-- Asked for every row of a register that is written. As an SQL function it was planned each time.
CREATE OR REPLACE FUNCTION registers.may_write(register text, region text) RETURNS boolean LANGUAGE plpgsql STABLE
  AS $$ BEGIN RETURN ground.actor_is('system') OR (
    ground.actor_is('staff')
    AND EXISTS (SELECT 1 FROM registers.writer AS writer
      WHERE writer.register = may_write.register AND writer.role = ground.setting('role'))
    AND (may_write.region IS NULL OR ground.may_see(may_write.region, NULL, NULL, NULL))); END $$;
