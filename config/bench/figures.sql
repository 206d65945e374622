-- The figures of one province in one campaign, written from the rules of product.md and not from the code:
-- one row per figure and per share of it. What `make bench` holds our figures against, in time and in result.
WITH RECURSIVE counted AS MATERIALIZED (
    SELECT id, scope, owner_id, coalesce(ends_on, starts_on) AS day,
           CASE WHEN starts_on IS NULL OR precision NOT IN ('day', 'month') THEN ''
                WHEN precision = 'month' AND date_trunc('month', starts_on) IN
                     (date_trunc('month', %(opens)s::date), date_trunc('month', %(closes)s::date)) THEN ''
                WHEN starts_on < %(opens)s THEN 'before'
                WHEN starts_on > %(closes)s THEN 'after'
                ELSE 'inside' END AS side
    FROM activities_activity
    WHERE province_id = %(province)s AND status = 'accepted'
      AND ((scope = 'month' AND campaign_id = %(campaign)s)
        OR (scope = 'year' AND year = %(year)s AND (campaign_id IS NULL OR campaign_id = %(campaign)s)))
), parts_played AS (
    SELECT counted.id,
           CASE WHEN bool_or(p.department_id = counted.owner_id)
                THEN (ARRAY['lead', 'co', 'attendee', 'donor'])[
                    min(array_position(ARRAY['lead', 'co', 'attendee', 'donor'], p.role::text))
                    FILTER (WHERE p.department_id = counted.owner_id)]
                WHEN bool_or(p.role = 'lead') THEN ''
                ELSE 'lead' END AS role
    FROM counted LEFT JOIN activities_participant p ON p.activity_id = counted.id
    GROUP BY counted.id
), paid AS (
    SELECT money.activity_id,
           CASE WHEN count(DISTINCT s.group) = 1 THEN min(s.group) ELSE 'several' END AS paid
    FROM counted
    JOIN activities_money money ON money.activity_id = counted.id
    JOIN campaigns_moneysource s ON s.id = money.source_id
    GROUP BY money.activity_id
), moved AS (
    SELECT output_id, sum(delta) AS delta FROM activities_adjustment GROUP BY output_id
), outputs AS MATERIALIZED (
    SELECT o.id, o.measure_id, counted.scope, counted.id AS activity_id, d.id AS department_id, d.unit_id, u.level,
           coalesce(nullif(o.role, ''), parts_played.role) AS role, counted.side, coalesce(paid.paid, '') AS paid,
           o.quantity + coalesce(moved.delta, 0) AS value, o.certainty, o.text, o.female, o.male, o.children, o.girls,
           o.boys, o.numerator, o.denominator, o.rate, btrim(o.label) AS label, coalesce(g.name, '') AS beneficiaries,
           o.part_of_id, coalesce(o.counted_on, counted.day) AS day, m.over_time = 'latest' AS stock,
           coalesce(coalesce(o.counted_on, counted.day) > %(cut_off)s
                    AND (counted.scope = 'year' OR m.over_time = 'latest'), false) AS late
    FROM counted
    JOIN activities_output o ON o.activity_id = counted.id AND NOT o.awaiting
    JOIN parts_played ON parts_played.id = counted.id
    JOIN campaigns_measure m ON m.id = o.measure_id
    JOIN provinces_department d ON d.id = coalesce(o.contributor_id, counted.owner_id)
    JOIN provinces_unit u ON u.id = d.unit_id
    LEFT JOIN campaigns_beneficiarygroup g ON g.id = o.group_id
    LEFT JOIN moved ON moved.output_id = o.id
    LEFT JOIN paid ON paid.activity_id = counted.id
), above AS (
    SELECT id, scope, part_of_id AS whole FROM outputs WHERE part_of_id IS NOT NULL
    UNION
    SELECT above.id, above.scope, o.part_of_id FROM above JOIN activities_output o ON o.id = above.whole
    WHERE o.part_of_id IS NOT NULL
), inside AS (
    SELECT DISTINCT above.id
    FROM above JOIN outputs whole ON whole.id = above.whole AND whole.scope = above.scope
    WHERE whole.value IS NOT NULL AND NOT whole.late
), ranked AS (
    SELECT outputs.*, inside.id IS NOT NULL AS part,
           CASE WHEN stock AND NOT late AND inside.id IS NULL THEN row_number() OVER (
               PARTITION BY stock, late, inside.id IS NULL, outputs.scope, measure_id, department_id, label
               ORDER BY coalesce(day, '0001-01-01') DESC, activity_id DESC, outputs.id DESC) ELSE 1 END > 1 AS older
    FROM outputs LEFT JOIN inside ON inside.id = outputs.id
), given AS MATERIALIZED (
    SELECT id, measure_id, scope, activity_id, department_id, unit_id, level, role, side, paid, value,
           certainty, text, female, male,
           children, girls, boys, numerator, denominator, rate, label, beneficiaries, part_of_id,
           '' AS money_source, '' AS form, part, NOT (late OR part OR older) AS adds
    FROM ranked
    UNION ALL
    SELECT NULL, m.id, counted.scope, counted.id, d.id, d.unit_id, u.level, '', counted.side, s.group,
           money.amount, 'exact', '', NULL, NULL,
           NULL, NULL, NULL, NULL, NULL, NULL, s.name, '', NULL, s.group, money.form, false,
           s.group <> 'integrated' AND NOT coalesce(counted.day > %(cut_off)s AND counted.scope = 'year', false)
    FROM counted
    JOIN activities_money money ON money.activity_id = counted.id
    JOIN campaigns_moneysource s ON s.id = money.source_id
    JOIN campaigns_measure m ON m.source = 'money'
    JOIN provinces_department d ON d.id = counted.owner_id
    JOIN provinces_unit u ON u.id = d.unit_id
), entries AS MATERIALIZED (
    SELECT given.*, m.code, m.counts FROM given JOIN campaigns_measure m ON m.id = given.measure_id
    UNION ALL
    SELECT given.*, up.code, up.counts
    FROM given JOIN campaigns_measure m ON m.id = given.measure_id JOIN campaigns_measure up ON up.id = m.rolls_up_to_id
), shares AS (
    SELECT code, scope, role, level, label, grouping(role) = 0 AS is_role, grouping(level) = 0 AS is_level,
           grouping(label) = 0 AS is_label, counts, sum(value) AS total,
           CASE WHEN count(value) = 0 AND bool_or(certainty = 'text') THEN 'text'
                WHEN count(value) = 0 THEN 'unknown'
                WHEN bool_and(certainty = 'exact') FILTER (WHERE value IS NOT NULL) THEN 'exact'
                WHEN count(value) = 1 THEN min(certainty) FILTER (WHERE value IS NOT NULL)
                ELSE 'about' END AS certainty,
           sum(female) AS female, sum(male) AS male, sum(children) AS children, sum(girls) AS girls,
           sum(boys) AS boys, count(*) FILTER (WHERE certainty = 'rate') AS rates,
           sum(numerator) AS numerator, sum(denominator) AS denominator,
           bool_and(denominator IS NOT NULL) FILTER (WHERE certainty = 'rate') AS all_counted, max(rate) AS rate,
           array_agg(DISTINCT text) FILTER (WHERE certainty = 'text') AS texts,
           count(DISTINCT activity_id) AS activities, count(DISTINCT department_id) AS departments,
           array_agg(DISTINCT unit_id) AS units
    FROM entries WHERE adds
    GROUP BY GROUPING SETS ((code, scope, counts), (code, scope, counts, role), (code, scope, counts, level),
                            (code, scope, counts, label))
), leaves AS (
    SELECT code, scope, concat_ws('|', department_id, level, role, side, paid, certainty) AS key, sum(value) AS total,
           certainty, sum(female) AS female, sum(male) AS male, sum(children) AS children, sum(girls) AS girls,
           sum(boys) AS boys, count(*) AS rows
    FROM entries WHERE adds
    GROUP BY code, scope, department_id, level, role, side, paid, certainty
), beneficiaries AS (
    SELECT code, scope, beneficiaries AS key, sum(value) AS total
    FROM entries e
    WHERE (adds OR part) AND beneficiaries <> ''
      AND NOT EXISTS (SELECT FROM entries below WHERE below.part AND below.part_of_id = e.id
                      AND below.code = e.code AND below.scope = e.scope)
    GROUP BY code, scope, beneficiaries
), money AS (
    SELECT code, scope, money_source AS key, sum(value) AS total FROM entries WHERE money_source <> ''
    GROUP BY code, scope, money_source
    UNION ALL
    SELECT code, scope, 'in_kind', sum(value) FROM entries WHERE form = 'in_kind' AND adds GROUP BY code, scope
)
SELECT code, scope, CASE WHEN is_role THEN 'role' WHEN is_level THEN 'level' WHEN is_label THEN 'label' ELSE '' END,
       coalesce(CASE WHEN is_role THEN role WHEN is_level THEN level WHEN is_label THEN label END, ''), total, certainty,
       female, male, children, girls, boys, rates, numerator, denominator, all_counted, rate, texts, activities,
       departments, units
FROM shares
UNION ALL
SELECT code, scope, 'leaf', key, total, certainty, female, male, children, girls, boys, rows, NULL, NULL, NULL, NULL, NULL,
       NULL, NULL, NULL
FROM leaves
UNION ALL
SELECT code, scope, 'group', key, total, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM beneficiaries
UNION ALL
SELECT code, scope, 'source', key, total, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM money
