-- The same rows as the recompute, as one set of SQL statements tuned by hand for the generated sets: every
-- value is of a basisteam and a quarter, norms stand at the top, year volumes at the top, units and districts.
-- Steps: teams, roll-up per level, running totals, verdicts. Parameter: the day the recompute is done for.

CREATE TEMP TABLE basis ON COMMIT DROP AS
SELECT i.id AS i, o.id AS o, j.jaar::smallint AS jaar, k.kwartaal::smallint AS kwartaal, o.soort, i.aggregatie,
       coalesce(m.teller, m.waarde) AS teller, m.noemer, m.marge,
       m.id IS NOT NULL AND NOT m.onbekend AS heeft,
       coalesce(m.onbekend, false) AS nb, coalesce(m.status = 'voorlopig' AND NOT m.onbekend, false) AS voorlopig,
       1 AS moet, (m.id IS NOT NULL AND NOT m.onbekend)::int AS geleverd,
       make_date(j.jaar, k.kwartaal * 3, 1) + interval '1 month' + interval '29 days' < %(vandaag)s AS verschuldigd
FROM monitor_indicator AS i
CROSS JOIN (SELECT id, soort FROM formatie_onderdeel WHERE soort = 'basisteam') AS o
CROSS JOIN generate_series(%(eerste_jaar)s, extract(year FROM %(vandaag)s::date)::int) AS j (jaar)
CROSS JOIN generate_series(1, 4) AS k (kwartaal)
LEFT JOIN monitor_meting AS m
       ON m.indicator_id = i.id AND m.onderdeel_id = o.id AND m.jaar = j.jaar AND m.kwartaal = k.kwartaal
      AND m.staat = 'vastgesteld';

INSERT INTO basis
SELECT b.i, o.ouder_id, b.jaar, b.kwartaal, 'district', b.aggregatie,
       sum(b.teller) FILTER (WHERE optelbaar), sum(b.noemer) FILTER (WHERE optelbaar), NULL,
       bool_or(b.heeft) AND optelbaar, bool_or(b.nb) AND NOT bool_or(b.heeft) AND optelbaar,
       bool_or(b.voorlopig) AND optelbaar,
       CASE WHEN optelbaar THEN sum(b.moet) ELSE 1 END, CASE WHEN optelbaar THEN sum(b.geleverd) ELSE 0 END, verschuldigd
FROM basis AS b JOIN formatie_onderdeel AS o ON o.id = b.o, LATERAL (SELECT b.aggregatie <> 'enquete' AS optelbaar) AS x
WHERE b.soort = 'basisteam'
GROUP BY b.i, o.ouder_id, b.jaar, b.kwartaal, b.aggregatie, optelbaar, verschuldigd;

INSERT INTO basis
SELECT b.i, o.ouder_id, b.jaar, b.kwartaal, 'eenheid', b.aggregatie, sum(b.teller), sum(b.noemer), NULL,
       bool_or(b.heeft), bool_or(b.nb) AND NOT bool_or(b.heeft), bool_or(b.voorlopig),
       CASE WHEN b.aggregatie = 'enquete' THEN 1 ELSE sum(b.moet) END, sum(b.geleverd), verschuldigd
FROM basis AS b JOIN formatie_onderdeel AS o ON o.id = b.o
WHERE b.soort = 'district'
GROUP BY b.i, o.ouder_id, b.jaar, b.kwartaal, b.aggregatie, verschuldigd;

INSERT INTO basis
SELECT b.i, o.ouder_id, b.jaar, b.kwartaal, 'korps', b.aggregatie, sum(b.teller), sum(b.noemer), NULL,
       bool_or(b.heeft), bool_or(b.nb) AND NOT bool_or(b.heeft), bool_or(b.voorlopig), sum(b.moet), sum(b.geleverd),
       verschuldigd
FROM basis AS b JOIN formatie_onderdeel AS o ON o.id = b.o
WHERE b.soort = 'eenheid' AND b.aggregatie <> 'enquete'
GROUP BY b.i, o.ouder_id, b.jaar, b.kwartaal, b.aggregatie, verschuldigd;

ANALYZE basis;

CREATE TEMP TABLE reeks ON COMMIT DROP AS
SELECT b.*, d.id AS doel, d.soort AS doelsoort, d.streefwaarde, coalesce(d.marge, 0) AS doelmarge,
       eigen.id IS NULL AND coalesce(top.soort = 'jaarvolume', false) AS elders, f.richting, f.verwachting AS patroon,
       f.stap_kwartaal, cumuleert, b.geleverd >= b.moet AND b.heeft AS compleet,
       CASE WHEN NOT b.heeft THEN NULL WHEN cumuleert THEN sum(b.teller) OVER jaar ELSE b.teller END AS cum_teller,
       CASE WHEN NOT b.heeft THEN NULL WHEN cumuleert THEN sum(b.noemer) OVER jaar ELSE b.noemer END AS cum_noemer,
       b.heeft AND CASE WHEN cumuleert THEN bool_or(b.voorlopig) OVER jaar ELSE b.voorlopig END AS cum_voorlopig,
       CASE WHEN cumuleert THEN sum(kwartaalbit) OVER jaar ELSE kwartaalbit END::smallint AS gemist,
       max(CASE WHEN b.heeft AND b.geleverd >= b.moet THEN b.jaar * 4 + b.kwartaal END) OVER eerder AS vorig
FROM basis AS b
JOIN monitor_indicator AS f ON f.id = b.i
LEFT JOIN monitor_doelstelling AS eigen
       ON eigen.indicator_id = b.i AND eigen.onderdeel_id = b.o AND eigen.jaar = b.jaar AND eigen.staat = 'vastgesteld'
LEFT JOIN monitor_doelstelling AS top
       ON top.indicator_id = b.i AND top.jaar = b.jaar AND top.staat = 'vastgesteld'
      AND top.onderdeel_id = (SELECT id FROM formatie_onderdeel WHERE ouder_id IS NULL)
LEFT JOIN monitor_doelstelling AS d
       ON d.id = coalesce(eigen.id, CASE WHEN top.soort <> 'jaarvolume' THEN top.id END)
CROSS JOIN LATERAL (
    SELECT b.aggregatie IN ('som', 'verhouding') AS cumuleert,
           CASE WHEN b.geleverd < b.moet AND b.verschuldigd THEN 1 << (b.kwartaal - 1) ELSE 0 END AS kwartaalbit
) AS x
WINDOW jaar AS (PARTITION BY b.i, b.o, b.jaar ORDER BY b.kwartaal),
       eerder AS (PARTITION BY b.i, b.o ORDER BY b.jaar, b.kwartaal ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);

ANALYZE reeks;

CREATE TEMP TABLE seizoen ON COMMIT DROP AS
WITH heel AS (
    SELECT i, o, jaar, sum(teller) AS totaal FROM reeks
    WHERE patroon = 'seizoen' AND doelsoort = 'jaarvolume'
    GROUP BY i, o, jaar HAVING bool_and(compleet) AND sum(teller) > 0
), deel AS (
    SELECT r.i, r.o, r.jaar, r.kwartaal, r.cum_teller * 1.000000000000000000000000000000 / h.totaal AS deel
    FROM reeks AS r JOIN heel AS h USING (i, o, jaar)
)
SELECT r.i, r.o, r.jaar, r.kwartaal, sum(d.deel) / count(*) AS deel
FROM reeks AS r JOIN deel AS d ON d.i = r.i AND d.o = r.o AND d.kwartaal = r.kwartaal AND d.jaar < r.jaar
WHERE r.patroon = 'seizoen' AND r.doelsoort = 'jaarvolume' AND r.heeft
GROUP BY r.i, r.o, r.jaar, r.kwartaal HAVING count(*) >= 2;

CREATE TEMP TABLE tempo ON COMMIT DROP AS
SELECT r.i, r.o, r.jaar, r.kwartaal, count(*)::smallint AS vergeleken,
       (count(*) FILTER (WHERE e.teller * (4 - r.kwartaal) >= r.streefwaarde - r.cum_teller))::smallint AS op_tempo
FROM reeks AS r
JOIN reeks AS e ON e.i = r.i AND e.o = r.o AND (e.jaar, e.kwartaal) <= (r.jaar, r.kwartaal) AND e.compleet
WHERE r.doelsoort = 'jaarvolume' AND r.compleet AND r.gemist = 0 AND r.kwartaal < 4 AND r.cum_teller < r.streefwaarde
GROUP BY r.i, r.o, r.jaar, r.kwartaal;

INSERT INTO referentie (
    indicator_id, onderdeel_id, jaar, kwartaal, stand, teller, noemer, cum_teller, cum_noemer, marge, vorige,
    vorige_noemer, vorige_marge, vorige_jaar, vorige_kwartaal, verwachting, doelstelling_id, oordeel, moet_leveren,
    geleverd, gemist, op_tempo, vergeleken, voorlopig, heel_jaar, doel_elders, seizoen_terugval
)
SELECT i, o, jaar, kwartaal, stand, teller, noemer, cum_teller, cum_noemer, marge, v_teller, v_noemer, v_marge,
       v_jaar, v_kwartaal, round(verwacht, 8), doel,
       CASE WHEN kwartaal < 4 THEN oordeel
            WHEN oordeel = 'op_koers' THEN 'behaald'
            WHEN oordeel IN ('aandacht', 'achter') THEN 'niet_behaald' ELSE oordeel END,
       moet, geleverd, gemist, op_tempo, vergeleken, cum_voorlopig, false, elders, terugval
FROM (
    SELECT r.i, r.o, r.jaar, r.kwartaal, r.teller, r.noemer, r.cum_teller, r.cum_noemer, r.marge, r.doel, r.moet,
           r.geleverd, r.gemist, r.cum_voorlopig, r.elders, t.op_tempo, t.vergeleken, x.*, y.*,
           v.teller AS v_teller, v.noemer AS v_noemer, v.marge AS v_marge, v.jaar AS v_jaar, v.kwartaal AS v_kwartaal,
           CASE WHEN r.heeft THEN 'geleverd' WHEN r.nb THEN 'nb'
                WHEN r.verschuldigd THEN 'geen_meting' ELSE 'nog_niet_verschuldigd' END AS stand,
           CASE WHEN NOT r.heeft AND NOT r.verschuldigd THEN 'nog_niet_verschuldigd'
                WHEN NOT r.heeft THEN 'geen_meting'
                WHEN r.doelsoort IS NULL THEN 'geen_doel'
                WHEN r.doelsoort = 'monitoring' THEN 'alleen_monitoring'
                WHEN r.doelsoort = 'onbekend' THEN 'doel_onbekend'
                WHEN r.gemist > 0 THEN 'onvolledig'
                WHEN r.cum_noemer = 0 THEN 'geen_meting'
                WHEN r.doelsoort = 'minimum' THEN
                    CASE WHEN boven >= r.streefwaarde * onder THEN 'op_koers'
                         WHEN boven >= (r.streefwaarde - r.doelmarge) * onder THEN 'aandacht' ELSE 'achter' END
                WHEN r.doelsoort = 'maximum' THEN
                    CASE WHEN boven <= r.streefwaarde * onder THEN 'op_koers'
                         WHEN boven <= (r.streefwaarde + r.doelmarge) * onder THEN 'aandacht' ELSE 'achter' END
                WHEN r.doelsoort = 'jaarvolume' THEN
                    CASE WHEN r.cum_teller >= verwacht OR r.cum_teller >= r.streefwaarde THEN 'op_koers'
                         WHEN r.cum_teller * 100 >= verwacht * (100 - r.doelmarge) THEN 'aandacht' ELSE 'achter' END
                WHEN v.i IS NULL OR r.noemer = 0 OR v.noemer = 0 THEN 'geen_meting'
                WHEN verschil * verschil <= (coalesce(r.marge, 0) ^ 2 + coalesce(v.marge, 0) ^ 2) * samen * samen
                    THEN 'niet_te_onderscheiden'
                WHEN verschil > 0 THEN 'op_koers' ELSE 'achter' END AS oordeel
    FROM reeks AS r
    LEFT JOIN tempo AS t ON (t.i, t.o, t.jaar, t.kwartaal) = (r.i, r.o, r.jaar, r.kwartaal)
    LEFT JOIN seizoen AS s ON (s.i, s.o, s.jaar, s.kwartaal) = (r.i, r.o, r.jaar, r.kwartaal)
    LEFT JOIN (SELECT * FROM reeks WHERE doelsoort = 'verbetering' AND heeft) AS v
                         ON r.doelsoort = 'verbetering' AND r.heeft AND v.i = r.i AND v.o = r.o
                        AND v.jaar = ((r.vorig - 1) / 4) AND v.kwartaal = r.vorig - ((r.vorig - 1) / 4) * 4
    CROSS JOIN LATERAL (
        SELECT r.cum_teller * CASE WHEN r.aggregatie = 'verhouding' THEN 100 ELSE 1 END AS boven,
               CASE WHEN r.aggregatie = 'verhouding' THEN r.cum_noemer ELSE 1 END AS onder,
               CASE WHEN NOT r.heeft OR coalesce(r.doelsoort, '') <> 'jaarvolume' THEN NULL
                    WHEN r.patroon = 'stap' THEN CASE WHEN r.kwartaal >= r.stap_kwartaal THEN r.streefwaarde ELSE 0 END
                    ELSE r.streefwaarde * coalesce(s.deel, r.kwartaal / 4.0) END AS verwacht,
               r.heeft AND coalesce(r.doelsoort, '') = 'jaarvolume' AND r.patroon = 'seizoen' AND s.i IS NULL AS terugval
    ) AS x
    CROSS JOIN LATERAL (
        SELECT CASE WHEN r.aggregatie = 'verhouding' THEN (r.teller * v.noemer - v.teller * r.noemer) * 100
                    ELSE r.teller - v.teller END AS verschil,
               CASE WHEN r.aggregatie = 'verhouding' THEN r.noemer * v.noemer ELSE 1 END AS samen
    ) AS y
) AS z;
