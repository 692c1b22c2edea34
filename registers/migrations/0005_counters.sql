-- Who writes where people can go to, with address and hours.
INSERT INTO registers.writer VALUES ('counters', 'values_admin'), ('counters', 'supervisor');
