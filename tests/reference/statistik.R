# Reference numbers for the statistics of this package, from R packages that others maintain.
# Usage: Rscript tests/reference/statistik.R > tests/reference/values.json   (from the project's root)
# Data: ref24.csv (24 made-up respondents, nine unsur, three units of N = 48, 40, 32) and ref24m.csv (seven blanks).
suppressPackageStartupMessages({library(survey); library(psych); library(lavaan); library(coin)
  library(metafor); library(mvtnorm)})
here <- "tests/reference"
full <- read.csv(file.path(here, "ref24.csv"))
miss <- read.csv(file.path(here, "ref24m.csv"))
u <- paste0("u", 1:9)
out <- list(); origin <- list()
put <- function(name, value, source) { out[[name]] <<- as.numeric(value); origin[[name]] <<- source }
version <- function(p) paste(p, as.character(packageVersion(p)))
SURVEY <- version("survey"); PSYCH <- version("psych"); LAVAAN <- version("lavaan"); COIN <- version("coin")
METAFOR <- version("metafor"); MVTNORM <- version("mvtnorm")
BASE <- paste("R", paste(R.version$major, R.version$minor, sep = "."))

# Official index with blanks: every unsur a ratio of a total to a count, the index a smooth function of both.
official <- function(design) {
  d <- design
  for (j in 1:9) {
    x <- d$variables[[u[j]]]
    d$variables[[paste0("r", j)]] <- as.numeric(!is.na(x))
    d$variables[[paste0("z", j)]] <- ifelse(is.na(x), 0, x)
  }
  totals <- svytotal(as.formula(paste("~", paste(c(paste0("z", 1:9), paste0("r", 1:9)), collapse = "+"))), d)
  expression <- parse(text = paste0("25/9*(", paste0("z", 1:9, "/r", 1:9, collapse = "+"), ")"))[[1]]
  answer <- eval(bquote(svycontrast(totals, quote(.(expression)))))
  c(as.numeric(coef(answer)), as.numeric(SE(answer)))
}
ci <- function(est, se, df) as.numeric(est) + c(-1, 1) * qt(.975, df) * as.numeric(se)
index <- function(name, design, df) {
  v <- official(design)
  put(paste0(name, ".ikm"), v[1], SURVEY); put(paste0(name, ".se"), v[2], SURVEY)
  put(paste0(name, ".ci"), ci(v[1], v[2], df), SURVEY)
}

full$N <- miss$N <- 120
full$Nh <- miss$Nh <- c(A = 48, B = 40, C = 32)[full$unit]
full$y <- rowMeans(full[u]) * 25
miss$y <- rowMeans(miss[u], na.rm = TRUE) * 25
srs <- function(d) svydesign(ids = ~1, fpc = ~N, data = d)
strat <- function(d) svydesign(ids = ~1, strata = ~unit, fpc = ~Nh, data = d)
for (j in c(1, 4, 9)) {
  m <- svymean(as.formula(paste0("~u", j)), srs(full))
  put(paste0("srs.u", j), c(coef(m), SE(m), ci(coef(m), SE(m), 23)), SURVEY)
}
m <- svymean(~u4, svydesign(ids = ~1, weights = ~1, data = full)); put("iid.u4", c(coef(m), SE(m), ci(coef(m), SE(m), 23)), SURVEY)
m <- svymean(~u4, srs(miss), na.rm = TRUE); put("blank.u4", c(coef(m), SE(m)), SURVEY)
index("srs", srs(full), 23)
index("blank", srs(miss), 23)
index("blank-iid", svydesign(ids = ~1, weights = ~1, data = miss), 23)
index("weighted", svydesign(ids = ~1, weights = ~w, data = full), 23)
index("blank-weighted", svydesign(ids = ~1, weights = ~w, data = miss), 23)
index("strata", strat(full), 21)
index("blank-strata", strat(miss), 21)
index("cluster", svydesign(ids = ~psu, strata = ~unit, weights = ~I(Nh / 8), data = full), 9)
index("blank-cluster", svydesign(ids = ~psu, strata = ~unit, weights = ~I(Nh / 8), data = miss), 9)
# A stratum of a single respondent, compared with the mean of the whole sample.
options(survey.lonely.psu = "adjust")
for (data in c("full", "miss")) {
  one <- get(data); one$unit[24] <- "D"; one$Nh <- c(A = 48, B = 40, C = 28, D = 4)[one$unit]
  index(if (data == "full") "lonely" else "blank-lonely", strat(one), 20)
}
options(survey.lonely.psu = "fail")
whole <- subset(miss, complete.cases(miss[u]))
m <- svymean(~y, srs(whole)); put("blank.listwise", c(coef(m), SE(m)), SURVEY)
m <- svymean(~y, srs(miss)); put("blank.person", c(coef(m), SE(m)), SURVEY)
for (g in c("A", "B", "C")) {
  v <- official(subset(strat(full), unit == g)); put(paste0("strata.unit.", g), v, SURVEY)
  v <- official(subset(strat(miss), unit == g)); put(paste0("blank-strata.unit.", g), v, SURVEY)
}
for (g in c("L", "P")) {
  v <- official(subset(srs(full), sex == g)); put(paste0("srs.sex.", g), v, SURVEY)
  v <- official(subset(srs(miss), sex == g)); put(paste0("blank.sex.", g), v, SURVEY)
}
put("deff.strata.wor", deff(svymean(~y, strat(full), deff = TRUE)), SURVEY)
put("deff.strata.wr", deff(svymean(~y, strat(full), deff = "replace")), SURVEY)
put("deff.weighted.wr", deff(svymean(~y, svydesign(ids = ~1, weights = ~w, data = full), deff = "replace")), SURVEY)
put("deff.cluster.wor", deff(svymean(~y, svydesign(ids = ~psu, strata = ~unit, weights = ~I(Nh / 8), data = full), deff = TRUE)), SURVEY)
put("kish.w", sum(full$w)^2 / sum(full$w^2), BASE)

# Raking to both margins, and the index with the raked weights taken as fixed.
start <- svydesign(ids = ~1, weights = ~1, data = full)
raked <- rake(start, list(~sex, ~edu), list(data.frame(sex = c("L", "P"), Freq = c(60, 60)),
  data.frame(edu = c("S1", "S2", "SMA"), Freq = c(48, 12, 60))), control = list(maxit = 1000, epsilon = 1e-13))
w <- weights(raked)
for (s in c("L", "P")) for (e in c("S1", "S2", "SMA")) {
  cell <- full$sex == s & full$edu == e
  if (any(cell)) put(paste("rake", s, e, sep = "."), w[cell][1], SURVEY)
}
put("rake.ikm", coef(svymean(~y, raked)), SURVEY)
put("rake.kish", sum(w)^2 / sum(w^2), BASE)
full$wr <- w
index("rake-fixed", svydesign(ids = ~1, weights = ~wr, data = full), 23)

# Instrument.
feldt <- function(a, n, k) 1 - (1 - a) * qf(c(.975, .025), n - 1, (n - 1) * (k - 1))
a <- suppressWarnings(psych::alpha(full[u], check.keys = FALSE, warnings = FALSE))
put("alpha", a$total$raw_alpha, PSYCH); put("alpha.std", a$total$std.alpha, PSYCH)
put("alpha.ci", feldt(a$total$raw_alpha, 24, 9), BASE)
put("alpha.drop", a$alpha.drop$raw_alpha, PSYCH); put("r.drop", a$item.stats$r.drop, PSYCH)
b <- suppressWarnings(psych::alpha(whole[u], check.keys = FALSE, warnings = FALSE))
put("blank.alpha", b$total$raw_alpha, PSYCH); put("blank.alpha.ci", feldt(b$total$raw_alpha, 18, 9), BASE)
put("blank.r.drop", b$item.stats$r.drop, PSYCH)
for (g in c("A", "B", "C")) {  # by the formula: psych leaves out the question that is constant in C
  C <- cov(full[full$unit == g, u]); put(paste0("alpha.unit.", g), 9 / 8 * (1 - sum(diag(C)) / sum(C)), BASE)
}
within <- full[u]; for (j in u) within[[j]] <- full[[j]] - ave(full[[j]], full$unit)
x <- suppressWarnings(psych::alpha(cov(within) * 23 / 21, check.keys = FALSE, warnings = FALSE))
put("alpha.within", x$total$raw_alpha, PSYCH)
total <- rowSums(full[u])
tests <- lapply(u, function(j) cor.test(full[[j]], total))
put("r.total", sapply(tests, function(t) t$estimate), BASE); put("r.total.p", sapply(tests, function(t) t$p.value), BASE)
critical <- qt(.975, 22); put("r.tabel.24", critical / sqrt(22 + critical^2), BASE)
fit <- cfa(paste("f =~", paste(u, collapse = "+")), full, std.lv = TRUE, estimator = "ML",
  control = list(rel.tol = 1e-15, abs.tol = 1e-16, x.tol = 1e-15, iter.max = 10000, eval.max = 100000))
l <- inspect(fit, "est")$lambda; p <- diag(inspect(fit, "est")$theta)
put("omega", sum(l)^2 / (sum(l)^2 + sum(p)), LAVAAN)
put("omega.loadings", l, LAVAAN)

# Groups and periods.
k <- kruskal.test(y ~ factor(unit), full); put("kw.unit", c(k$statistic, k$p.value), BASE)
k <- kruskal.test(u4 ~ factor(unit), full); put("kw.unit.u4", c(k$statistic, k$p.value), BASE)
m <- wilcox.test(y ~ sex, full, exact = FALSE); put("mwu.sex", c(m$statistic, m$p.value), BASE)
m <- wilcox.test(y ~ sex, full, exact = FALSE, correct = FALSE); put("mwu.sex.nocc", m$p.value, BASE)
put("mwu.sex.exact", pvalue(wilcox_test(y ~ factor(sex), full, distribution = "exact")), COIN)
small <- data.frame(y = c(3, 3, 4, 4, 4, 4), g = factor(rep(1:2, each = 3)))
put("mwu.small.exact", pvalue(wilcox_test(y ~ g, small, distribution = "exact")), COIN)
r <- rank(full$y); n <- 24; g <- factor(full$unit); ties <- table(full$y)
spread <- n * (n + 1) / 12 - sum(ties^3 - ties) / (12 * (n - 1))
pairs <- combn(3, 2)
z <- apply(pairs, 2, function(i) (mean(r[g == levels(g)[i[1]]]) - mean(r[g == levels(g)[i[2]]])) / sqrt(spread * (1 / 8 + 1 / 8)))
put("dunn.unit.z", z, BASE); put("dunn.unit.holm", p.adjust(2 * pnorm(-abs(z)), "holm"), BASE)
t <- t.test(full$y[full$unit == "B"], full$y[full$unit == "A"])
put("welch.BA", c(diff(rev(t$estimate)), t$stderr, t$parameter, t$conf.int, t$p.value), BASE)
j <- cor.test(full$y, as.numeric(factor(full$unit)), method = "kendall", exact = FALSE); put("jt.unit", c(j$statistic, j$p.value), BASE)
series <- c(76.20, 77.05, 76.81, 78.40, 78.40, 79.95, 79.12, 81.30)
put("mk.taub", cor.test(1:8, series, method = "kendall", exact = FALSE)$estimate, BASE)
m <- cor.test(1:8, series, method = "kendall", exact = FALSE, continuity = TRUE); put("mk.z", m$statistic, BASE); put("mk.p", m$p.value, BASE)
slope <- combn(8, 2, function(i) (series[i[2]] - series[i[1]]) / (i[2] - i[1])); put("mk.sen", median(slope), BASE)
distinct <- c(76.2, 77.05, 76.81, 78.4, 78.41, 79.95, 79.12, 81.3)
put("mk.exact.p", cor.test(1:8, distinct, method = "kendall", exact = TRUE)$p.value, BASE)
short <- c(76.2, 77.05, 76.81, 78.4); put("mk.short.p", cor.test(1:4, short, method = "kendall", exact = TRUE)$p.value, BASE)

# Many units: variance between units, reliability of a mean, studentized range.
wide <- rbind(full$y[full$unit == "A"], full$y[full$unit == "B"], full$y[full$unit == "C"])
i <- psych::ICC(wide, lmer = FALSE, missing = FALSE)$results
put("icc", c(i$ICC[1], i$`lower bound`[1], i$`upper bound`[1]), PSYCH); put("icc.k", i$ICC[4], PSYCH)
shifted <- wide + c(0, 10, 25)
i <- psych::ICC(shifted, lmer = FALSE, missing = FALSE)$results
put("icc.shifted", c(i$ICC[1], i$`lower bound`[1], i$`upper bound`[1]), PSYCH); put("icc.shifted.k", i$ICC[4], PSYCH)
put("qtukey", c(qtukey(.95, 3, 20), qtukey(.95, 3, Inf), qtukey(.95, 40, 60), qtukey(.95, 40, Inf), qtukey(.99, 10, 5)), BASE)

# Association.
for (method in c("spearman", "kendall")) {
  put(paste0(method, ".matrix"), cor(full[u], method = method)[upper.tri(diag(9))], BASE)
  t <- suppressWarnings(cor.test(full$u2, full$u3, method = method, exact = FALSE)); put(paste0(method, ".u2u3"), c(t$estimate, t$p.value), BASE)
  put(paste0("blank.", method, ".matrix"), cor(miss[u], method = method, use = "pairwise")[upper.tri(diag(9))], BASE)
}

# Sample sizes: an endless population, then N = 120, 500, 1000, 10000.
N <- c(120, 500, 1000, 10000); n0 <- qnorm(.975)^2 * .25 / .05^2
put("cochran", c(n0, n0 / (1 + (n0 - 1) / N)), BASE)
m0 <- (qnorm(.975) * 14 / 2)^2; put("mean.n", c(m0, m0 / (1 + m0 / c(500, 1000))), BASE)
put("slovin", N / (1 + N * .05^2), BASE)

# Calibration: the index with blanks under post-strata, margins, and the regression estimator with a number.
full$age <- c(23, 41, 35, 52, 29, 33, 47, 60, 38, 26, 44, 31, 57, 49, 36, 28, 63, 40, 34, 45, 30, 55, 27, 39); miss$age <- full$age
for (data in c("full", "miss")) {
  d <- get(data); pre <- if (data == "full") "" else "blank-"
  one <- svydesign(ids = ~1, weights = ~1, data = d)
  own <- svydesign(ids = ~1, weights = ~w, data = d)
  keep <- function(name, made) { v <- official(made); put(paste0(pre, name), v, SURVEY) }
  keep("post.sex", postStratify(one, ~sex, data.frame(sex = c("L", "P"), Freq = c(50, 70))))
  keep("post.sex-w", postStratify(own, ~sex, data.frame(sex = c("L", "P"), Freq = c(50, 70))))
  total <- c(`(Intercept)` = 120, sexP = 70, eduS2 = 12, eduSMA = 60)
  exact <- list(maxit = 500, epsilon = 1e-13)
  keep("cal.raking", calibrate(one, ~sex + edu, total, calfun = "raking", maxit = 500, epsilon = 1e-13))
  keep("cal.greg", calibrate(one, ~sex + edu, total, calfun = "linear"))
  with_age <- c(total, age = 120 * 39.5)
  made <- calibrate(own, ~sex + edu + age, with_age, calfun = "linear")
  keep("cal.greg-age-w", made)
  if (data == "full") {
    put("cal.greg-age-w.weights", weights(made), SURVEY)
    put("cal.bounded.weights", weights(calibrate(svydesign(ids = ~1, weights = ~I(w * 120 / sum(d$w)), data = d),
      ~sex + edu, total, calfun = "linear", bounds = c(.4, 1.9), maxit = 500, epsilon = 1e-13)), SURVEY)
    put("trim.weights", weights(trimWeights(own, upper = 1.9)), SURVEY)
    d$M <- c(A = 8, B = 16, C = 5)[d$unit]
    strat_cal <- calibrate(svydesign(ids = ~psu, strata = ~unit, weights = ~I(Nh / 8), data = d), ~sex,
      c(`(Intercept)` = 120, sexP = 70), calfun = "linear")
    keep("cal.cluster", strat_cal)
    keep("cal.domain", subset(calibrate(one, ~edu, total[c(1, 3, 4)], calfun = "linear"), sex == "L"))
    jk <- as.svrepdesign(own, type = "JK1")
    of <- function(w, data) 25 / 9 * sum(sapply(u, function(j) sum(w * data[[j]]) / sum(w)))
    whole <- of(full$w, full); each <- apply(weights(jk, type = "analysis"), 2, of, data = full)
    put("replicate.jk1", c(whole, sqrt(jk$scale * sum(jk$rscales * (each - whole)^2))), SURVEY)
    m <- svymean(~y, svydesign(ids = ~psu, strata = ~unit, weights = ~I(Nh / 8), fpc = ~M, data = d))
    put("cluster.fpc", c(coef(m), SE(m)), SURVEY)
  }
}

# The lowest unsur: Friedman, paired differences, critical value of all of them.
f <- friedman.test(as.matrix(full[u])); put("friedman", c(f$statistic, f$parameter, f$p.value), BASE)
put("paired.se", t.test(full$u4, full$u9, paired = TRUE)$stderr, BASE)
gap <- svycontrast(svytotal(~z4 + r4 + z9 + r9, {d <- srs(miss); for (j in c(4, 9)) { x <- d$variables[[u[j]]]
  d$variables[[paste0("r", j)]] <- as.numeric(!is.na(x)); d$variables[[paste0("z", j)]] <- ifelse(is.na(x), 0, x) }; d}),
  quote(z4 / r4 - z9 / r9)); put("blank.paired", c(coef(gap), SE(gap)), SURVEY)
pairs9 <- combn(9, 2); D <- apply(pairs9, 2, function(i) full[[u[i[1]]]] - full[[u[i[2]]]])
set.seed(1); put("max-t.critical", qmvt(.95, tail = "both.tails", df = 23, corr = cor(D),
  algorithm = GenzBretz(maxpts = 4e5, abseps = 1e-4))$quantile, MVTNORM)

# Change: power, Holm over units.
put("power", c(power.t.test(n = 100, delta = 3, sd = 12, strict = TRUE)$power,
  power.t.test(n = 15, delta = 8, sd = 9, strict = TRUE)$power,
  power.t.test(n = 40, delta = 4, sd = 12 * sqrt(.6), type = "paired", strict = TRUE)$power), BASE)
after <- full; after$y <- rowMeans(ifelse(as.matrix(full[u]) > 2, as.matrix(full[u]) - 1, as.matrix(full[u]))) * 25
p <- sapply(c("A", "B", "C"), function(g) t.test(after$y[after$unit == g], full$y[full$unit == g])$p.value)
put("unit.changes", c(p, p.adjust(p, "holm")), BASE)

# Small units: shrinkage of the units' indices.
yi <- tapply(full$y, full$unit, mean); vi <- tapply(full$y, full$unit, var) / 8
more <- c(yi + c(0, 12, -9), 70.1, 88.4, 79.3); vmore <- c(vi, 9.1, 4.4, 16.2)
fit <- rma(more, vmore, method = "REML", control = list(threshold = 1e-12, maxiter = 1000))
put("eb.reml", c(fit$tau2, coef(fit), fit$se), METAFOR)
b <- blup(fit); put("eb.blup", c(b$pred, b$se), METAFOR)
size <- c(8, 8, 8, 12, 30, 9)
fit <- rma(more, vmore, mods = ~size, method = "REML", control = list(threshold = 1e-12, maxiter = 1000))
put("eb.mods", c(fit$tau2, coef(fit)), METAFOR); b <- blup(fit); put("eb.mods.blup", b$pred, METAFOR)

# Rao-Scott: whether the levels of an unsur go with a group, under clusters in strata.
full$u4f <- factor(full$u4); g <- svydesign(ids = ~psu, strata = ~unit, weights = ~I(Nh / 8), data = full)
t <- svychisq(~sex + u4f, g, statistic = "F"); put("rao-scott", c(t$statistic, t$parameter, t$p.value), SURVEY)

number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
entries <- sapply(names(out), function(k) {
  v <- out[[k]]; text <- paste(number(v), collapse = ", ")
  sprintf("  \"%s\": {\"sumber\": \"%s\", \"nilai\": %s}", k, origin[[k]], if (length(v) == 1) text else paste0("[", text, "]"))
})
cat("{\n", paste(entries, collapse = ",\n"), "\n}\n", sep = "")
