-- What a person was paid is shown on their home: found by the payee, over all services.
CREATE INDEX payment_order_payee ON benefits.payment_order (payee_id, id);
