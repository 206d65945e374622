"""Questions that mix floors; pages and papers ask here, so a number has one birthplace.

What pages may call (every function takes rows, none takes a request):

figures.figures(province, campaign, *, scope="both", department=None, cut_off=None, on_progress=None) -> Figures
    live figures with their contributions; `.cell(code, scope)`, `.by_cell("CT05.1:month")`, `Figure.printed`.
picture.take_picture(report, *, on_progress=None) -> Figures       figures plus lists, plan, coverage: what is frozen.
picture.frozen(snapshot) -> Figures                                 the same as it was stored.
masking.masked(figure, seat) · masked_value(figure, value, seat) · masked_contribution(c, figure, seat)
    what a seat may see of a sensitive count; for screens and open data, never for issued documents.
coverage.coverage(province, campaign, request=None) -> Coverage      asked, sent, nil, missing by name.
coverage.state_of_returns(province, campaign, request=None) -> list[ReturnState]
register.issued_papers · register.launches · register.given · register.year_list (province, campaign)
plan.plan_against_result(province, campaign, cells) -> PlanFacts · plan.current_plan(province, campaign)
years.last_year(province, campaign); frozen as Figures.last_year, Figures.before(cell) -> Before | None
sources.sources_of(snapshot, cell) -> rows with .activity, .printed         the list behind a frozen number.
sources.live_sources(figure) -> contributions that add, sources.left_out(figure) -> those that do not, and why.
sources.changed_since(snapshot) -> list[Change]                     activities whose version or state moved after it.
jobs.steps_of(job, at) -> JobView (steps, elapsed, stale)           jobs.fault_sentence(job)
reports.outline.SECTIONS names and orders the sections; reports.papers.report.paper_of(report) is the document.
"""
