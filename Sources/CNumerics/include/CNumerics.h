#ifndef CNUMERICS_H
#define CNUMERICS_H

/// Special functions and distributions, computed by Boost.Math (Boost Software License 1.0).
///
/// Every function writes its answer through `result` and returns `numerics_ok`, or leaves
/// `result` untouched and returns the reason. No C++ exception leaves this library, nothing
/// allocates, and every function may be called from any thread.

#ifdef __cplusplus
extern "C" {
#endif

/// Why an answer was or was not computed.
typedef enum numerics_status {
    /// The answer was written.
    numerics_ok = 0,
    /// An argument lies outside the domain of the function.
    numerics_domain = 1,
    /// The answer is too large for a double.
    numerics_overflow = 2,
    /// The iteration did not settle.
    numerics_not_converged = 3,
    /// Boost.Math failed in another way.
    numerics_failed = 4
} numerics_status;

/// P(X <= x), or P(X > x) when `upper` is not 0, of Student's t with `df` degrees of freedom.
numerics_status numerics_t_cdf(double df, double x, int upper, double *result);
/// The value below which a t variate lies with probability `p`.
numerics_status numerics_t_quantile(double df, double p, double *result);
/// The density of Student's t at `x`.
numerics_status numerics_t_pdf(double df, double x, double *result);

/// P(X <= x), or P(X > x) when `upper` is not 0, of chi squared with `df` degrees of freedom.
numerics_status numerics_chi2_cdf(double df, double x, int upper, double *result);
/// The value below which a chi-squared variate lies with probability `p`.
numerics_status numerics_chi2_quantile(double df, double p, double *result);

/// P(X <= x), or P(X > x) when `upper` is not 0, of F with `df1` and `df2` degrees of freedom.
numerics_status numerics_f_cdf(double df1, double df2, double x, int upper, double *result);
/// The value below which an F variate lies with probability `p`.
numerics_status numerics_f_quantile(double df1, double df2, double p, double *result);

/// The standard normal quantile of `p`.
numerics_status numerics_normal_quantile(double p, double *result);

/// P(X <= x), or P(X > x) when `upper` is not 0, of the beta distribution.
numerics_status numerics_beta_cdf(double a, double b, double x, int upper, double *result);
/// The value below which a beta variate lies with probability `p`.
numerics_status numerics_beta_quantile(double a, double b, double p, double *result);

/// P(X <= x), or P(X > x) when `upper` is not 0, of noncentral t.
numerics_status numerics_nct_cdf(double df, double ncp, double x, int upper, double *result);
/// The value below which a noncentral t variate lies with probability `p`.
numerics_status numerics_nct_quantile(double df, double ncp, double p, double *result);

/// P(X <= x), or P(X > x) when `upper` is not 0, of noncentral chi squared.
numerics_status numerics_ncchi2_cdf(double df, double ncp, double x, int upper, double *result);
/// The value below which a noncentral chi-squared variate lies with probability `p`.
numerics_status numerics_ncchi2_quantile(double df, double ncp, double p, double *result);

/// P(X <= x), or P(X > x) when `upper` is not 0, of noncentral F.
numerics_status numerics_ncf_cdf(
    double df1, double df2, double ncp, double x, int upper, double *result);
/// The value below which a noncentral F variate lies with probability `p`.
numerics_status numerics_ncf_quantile(
    double df1, double df2, double ncp, double p, double *result);

/// Owen's T function of `h` and `a`.
numerics_status numerics_owens_t(double h, double a, double *result);

#ifdef __cplusplus
}
#endif
#endif
