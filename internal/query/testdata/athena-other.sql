-- CloudTrail records that filter patterns match, minute by minute, for Athena (engine version 3).
-- Columns: minute (seconds since 1970, UTC), total (all records), and
--   denied: alarm
--     { $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*" }
--   quotes: filter quotes
--     { $.errorMessage = "it's 100%_\\x\"*end" }
-- A table cannot distinguish null from absent: a NULL counts as absent.
-- The table has no column eventid: records that were delivered twice count twice.
-- Records are counted at their eventTime; those without a readable one are in a row without a minute.
-- Asked with --since 2026-11-02T00:00:00Z --until 2026-11-08T00:00:30Z: give the same with --counts.
-- Not asked: an alarm DROP TABLE x: of a pattern that is sensitive
-- Download the result as CSV, or: aws athena get-query-results --query-execution-id ID --output json > counts.json
-- Then: iacgate backtest ... --counts counts.csv
WITH fields AS (
  SELECT *,
    CAST(to_unixtime(date_trunc('minute', with_timezone("eventtime", 'UTC'))) AS bigint) AS iacgate_minute
  FROM "audit"."trail"
  WHERE CAST("year" AS integer) * 10000 + CAST("month" AS integer) * 100 + CAST("day" AS integer) >= 20261101 AND CAST("year" AS integer) * 10000 + CAST("month" AS integer) * 100 + CAST("day" AS integer) <= 20261109
), matched AS (
  SELECT iacgate_minute AS minute,
    (coalesce(("errorcode" LIKE '%UnauthorizedOperation' ESCAPE '\'), false) OR coalesce(("errorcode" LIKE 'AccessDenied%' ESCAPE '\'), false)) AS p1,
    coalesce(("message" LIKE 'it''s 100\%\_\\x"%end' ESCAPE '\'), false) AS p2
  FROM fields
  WHERE iacgate_minute IS NULL OR iacgate_minute >= 1793577600 AND iacgate_minute < 1794096030
)
SELECT minute, count(*) AS total,
  count(*) FILTER (WHERE p1) AS "denied",
  count(*) FILTER (WHERE p2) AS "quotes"
FROM matched
GROUP BY minute
ORDER BY minute
